#pragma once
// The caisses' list of insured people, from a CSV file: held in memory, looked up by NIR.
//
// A first line of headings, in French or English, then a line per person; `;` or `,` between
// columns, UTF-8 or Latin-1. docs/how-to/connect-a-referential.md has the columns.

#include "core/facts.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::pipeline {

class Referential {
public:
    /// Lines without a NIR (provisional numbers, remarks) are left out.
    /// @throws Error(FixConfiguration) when no column is the NIR or the name, two are the same, no
    /// line is left, nobody has a name, or a caisse is no code of one.
    explicit Referential(std::string text);

    /// @throws Error(FixConfiguration) as above, or when there is no such file.
    [[nodiscard]] static Referential from_file(const std::filesystem::path& file);

    /// None, one or several, in the order of the file. The key of the NIR plays no part.
    [[nodiscard]] std::vector<InsuredPerson> people_with(std::string_view nir) const;

    [[nodiscard]] std::size_t size() const { return lines_.size(); }

private:
    struct Line {
        std::uint64_t nir = 0; ///< Its thirteen characters as one number.
        std::size_t begin = 0; ///< Into text_.
    };
    struct Columns {
        std::size_t nir = missing;
        std::size_t family_name = missing;
        std::size_t birth_name = missing;
        std::size_t first_names = missing;
        std::size_t birth_date = missing;
        std::size_t caisse = missing;
        std::size_t iban = missing;
    };
    static constexpr std::size_t missing = static_cast<std::size_t>(-1);

    void read_headings(std::string_view line);
    void index(std::size_t begin);
    [[nodiscard]] std::string_view line_at(std::size_t begin) const;
    [[nodiscard]] std::vector<std::string> cells_of(std::string_view line) const;
    [[nodiscard]] InsuredPerson person_at(std::size_t begin) const;

    std::string text_; ///< UTF-8.
    char divider_ = ';';
    Columns columns_;
    std::vector<Line> lines_; ///< By nir.
    bool nameless_ = true;    ///< Until somebody has a name.
};

} // namespace pleiade::pipeline
