#pragma once
// The caisses' list of insured people, looked up by NIR: a CSV file held in memory, or a table of
// a database. docs/how-to/connect-a-referential.md has the columns.

#include "app/config/settings.h"
#include "app/pipeline/person_columns.h"
#include "core/facts.h"
#include "store/person_table.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::pipeline {

/// Asked by all workers at once.
class Referential {
public:
    Referential() = default;
    virtual ~Referential() = default;
    Referential(const Referential&) = delete;
    Referential& operator=(const Referential&) = delete;

    /// None, one or several. The key of the NIR plays no part.
    /// @throws Error(RetryLater) when it is out of reach, Error(FixConfiguration) when it has a
    /// caisse that is none.
    [[nodiscard]] virtual std::vector<InsuredPerson> people_with(std::string_view nir) const = 0;

    /// What it is, for `doctor`: "1200 people". Nothing of a person.
    [[nodiscard]] virtual std::string described() const = 0;
};

/// The one that the settings name; nothing when they name none.
/// @throws Error(FixConfiguration) when they name two or half of one; as those below.
[[nodiscard]] std::unique_ptr<Referential>
open_referential(const config::Settings::Referential& settings);

/// A first line of headings, in French or English, then a line per person; `;` or `,` between
/// columns, UTF-8 or Latin-1.
class ReferentialFile final : public Referential {
public:
    /// Lines without a NIR (provisional numbers, remarks) are left out.
    /// @throws Error(FixConfiguration) when no column is the NIR or the name, two are the same, no
    /// line is left, nobody has a name, or a caisse is no code of one.
    explicit ReferentialFile(std::string text);

    /// @throws Error(FixConfiguration) as above, or when there is no such file.
    [[nodiscard]] static std::unique_ptr<ReferentialFile> read(const std::filesystem::path& file);

    /// In the order of the file.
    [[nodiscard]] std::vector<InsuredPerson> people_with(std::string_view nir) const override;

    [[nodiscard]] std::string described() const override;

    [[nodiscard]] std::size_t size() const { return lines_.size(); }

private:
    struct Line {
        std::uint64_t nir = 0; ///< Its thirteen characters as one number.
        std::size_t begin = 0; ///< Into text_.
    };

    void index(std::size_t begin);
    [[nodiscard]] std::string_view line_at(std::size_t begin) const;
    [[nodiscard]] std::vector<std::string> cells_of(std::string_view line) const;

    std::string text_; ///< UTF-8.
    char divider_ = ';';
    PersonColumns columns_;
    std::vector<Line> lines_; ///< By nir.
    bool nameless_ = true;    ///< Until somebody has a name.
};

/// Columns named as the headings of a file. NIRs stand there as text without blanks, of 13 or 15
/// characters.
class ReferentialTable final : public Referential {
public:
    /// @throws Error(FixConfiguration) when no column is the NIR or the name, two are the same, or
    /// NIRs are no text; as store::PersonTable.
    ReferentialTable(const std::string& url, const std::string& table);

    [[nodiscard]] std::vector<InsuredPerson> people_with(std::string_view nir) const override;
    [[nodiscard]] std::string described() const override;

private:
    store::PersonTable table_;
    PersonColumns columns_;
};

} // namespace pleiade::pipeline
