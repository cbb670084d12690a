#include "app/pipeline/referential.h"

#include "core/durable_file.h"
#include "core/failure.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace pleiade::pipeline {
namespace {

constexpr std::size_t nir_body = 13;                                    // spec: docs/domain.md 2.1
constexpr std::size_t most_bytes = std::size_t{2} * 1024 * 1024 * 1024; // chosen: 15 million people

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// Whether the bytes are UTF-8, as far as the lengths of its sequences go.
bool is_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const int more = lead < 0x80U ? 0 : lead >= 0xF0U ? 3 : lead >= 0xE0U ? 2 : 1;
        if (lead >= 0x80U && lead < 0xC2U) {
            return false;
        }
        for (int n = 0; n < more; ++n) {
            ++i;
            if (i >= text.size() || (static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
                return false;
            }
        }
    }
    return true;
}

std::string from_latin1(std::string_view text) {
    std::string utf8;
    utf8.reserve(text.size() + text.size() / 8);
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x80U) {
            utf8.push_back(c);
        } else {
            utf8.push_back(static_cast<char>(0xC0U | (byte >> 6U)));
            utf8.push_back(static_cast<char>(0x80U | (byte & 0x3FU)));
        }
    }
    return utf8;
}

/// The thirteen characters as a number of base twelve; nothing when they are no NIR.
std::optional<std::uint64_t> number_of(std::string_view nir) {
    constexpr std::uint64_t base = 12; // digits, A and B
    std::uint64_t number = 0;
    std::size_t count = 0;
    for (const char c : nir) {
        if (c == ' ' || c == '.') {
            continue;
        }
        const bool letter = c == 'A' || c == 'B';
        if (!is_digit(c) && !letter) {
            return std::nullopt;
        }
        if (count < nir_body) {
            const std::uint64_t digit = letter ? static_cast<std::uint64_t>(c - 'A') + 10U
                                               : static_cast<std::uint64_t>(c - '0');
            number = number * base + digit;
        }
        ++count;
    }
    const bool whole = count == nir_body || count == nir_body + 2;
    return whole ? std::optional(number) : std::nullopt;
}

} // namespace

std::unique_ptr<Referential> open_referential(const config::Settings::Referential& settings) {
    if (!settings.file.empty() && !settings.table.empty()) {
        refuse_referential("a file and a table are named, take one of them out");
    }
    if (settings.table.empty() != settings.url.empty()) {
        refuse_referential("referential.url and referential.table belong together");
    }
    if (!settings.table.empty()) {
        return std::make_unique<ReferentialTable>(settings.url, settings.table);
    }
    return settings.file.empty() ? nullptr : ReferentialFile::read(settings.file);
}

ReferentialFile::ReferentialFile(std::string text) : text_(std::move(text)) {
    if (text_.rfind("\xEF\xBB\xBF", 0) == 0) {
        text_.erase(0, 3);
    }
    if (!is_utf8(text_)) {
        text_ = from_latin1(text_);
    }
    const std::string_view headings = line_at(0);
    divider_ = std::ranges::count(headings, ';') >= std::ranges::count(headings, ',') ? ';' : ',';
    try {
        columns_ = person_columns(cells_of(headings));
    } catch (const Error& error) {
        throw Error(
            error.remedy(), std::string(error.what()) + ", in the first line: it names the columns"
        );
    }
    index(std::min(headings.size() + 1, text_.size()));
}

std::unique_ptr<ReferentialFile> ReferentialFile::read(const std::filesystem::path& file) {
    try {
        const Bytes bytes = read_file(file, most_bytes);
        return std::make_unique<ReferentialFile>(text_of(bytes));
    } catch (const Error& error) {
        throw Error(Remedy::FixConfiguration, file.string() + ": " + error.what());
    }
}

void ReferentialFile::index(std::size_t begin) {
    for (std::size_t number = 2; begin < text_.size(); ++number) {
        const std::string_view line = line_at(begin);
        const std::vector<std::string> cells = cells_of(line);
        const auto nir =
            columns_.nir < cells.size() ? number_of(cells[columns_.nir]) : std::nullopt;
        if (nir) {
            const InsuredPerson person = person_of(cells, columns_);
            check_caisse(person.caisse, "line " + std::to_string(number) + ": ");
            const bool named = !person.family_name.empty() || !person.birth_name.empty();
            nameless_ = nameless_ && !named;
            lines_.push_back({*nir, begin});
        }
        begin += line.size() + 1;
    }
    if (lines_.empty()) {
        refuse_referential("no line has a NIR in the column of that name");
    }
    if (nameless_) {
        refuse_referential("nobody has a name in the column of that name");
    }
    std::ranges::sort(lines_, [](const Line& a, const Line& b) {
        return std::pair(a.nir, a.begin) < std::pair(b.nir, b.begin);
    });
}

std::string_view ReferentialFile::line_at(std::size_t begin) const {
    const std::string_view rest = std::string_view(text_).substr(begin);
    return rest.substr(0, rest.find('\n'));
}

std::vector<std::string> ReferentialFile::cells_of(std::string_view line) const {
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char c : line) {
        if (c == '"') {
            quoted = !quoted;
        } else if (c == divider_ && !quoted) {
            cells.emplace_back();
        } else {
            cells.back().push_back(c);
        }
    }
    return cells;
}

std::vector<InsuredPerson> ReferentialFile::people_with(std::string_view nir) const {
    std::vector<InsuredPerson> people;
    const auto number = number_of(nir);
    if (!number) {
        return people;
    }
    for (const Line& line : std::ranges::equal_range(lines_, *number, {}, &Line::nir)) {
        people.push_back(person_of(cells_of(line_at(line.begin)), columns_));
        people.back().nir = nir;
    }
    return people;
}

std::string ReferentialFile::described() const {
    return std::to_string(lines_.size()) + " people";
}

ReferentialTable::ReferentialTable(const std::string& url, const std::string& table)
    : table_(url, table), columns_(person_columns(table_.columns())) {
    if (!table_.is_text(columns_.nir)) {
        refuse_referential(
            "column \"" + table_.columns()[columns_.nir] +
            "\" is no text: numbers of Corsica have a letter. Name a view that converts it"
        );
    }
}

std::vector<InsuredPerson> ReferentialTable::people_with(std::string_view nir) const {
    std::vector<InsuredPerson> people;
    if (!number_of(nir)) {
        return people;
    }
    const std::vector<std::string> both = {std::string(nir), std::string(nir.substr(0, nir_body))};
    for (const std::vector<std::string>& cells : table_.rows_with(columns_.nir, both)) {
        InsuredPerson& person = people.emplace_back(person_of(cells, columns_));
        check_caisse(person.caisse, "");
        person.nir = nir;
    }
    return people;
}

std::string ReferentialTable::described() const {
    const auto& columns = table_.columns();
    const std::size_t name =
        columns_.family_name != PersonColumns::missing ? columns_.family_name : columns_.birth_name;
    return "a table of a database, NIR in \"" + columns[columns_.nir] + "\", name in \"" +
           columns[name] + "\"";
}

} // namespace pleiade::pipeline
