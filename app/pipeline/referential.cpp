#include "app/pipeline/referential.h"

#include "core/day.h"
#include "core/durable_file.h"
#include "core/failure.h"

#include <algorithm>
#include <array>
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

/// Letters of a heading without accents, blanks and punctuation, so that "Prénom(s)" is "prenoms".
std::string heading_key(std::string_view heading) {
    std::string key;
    for (std::size_t i = 0; i < heading.size(); ++i) {
        const auto byte = static_cast<unsigned char>(heading[i]);
        if (byte == 0xC3U && i + 1 < heading.size()) {
            const auto next = static_cast<unsigned char>(heading[++i]) & 0xDFU; // upper case
            key += next >= 0x88U && next <= 0x8BU ? "e" : next == 0x80U ? "a" : "";
        } else if ((byte | 0x20U) >= 'a' && (byte | 0x20U) <= 'z') {
            key.push_back(static_cast<char>(byte | 0x20U));
        }
    }
    return key;
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

/// A person of another caisse stops mail: a code that is none would stop all of it.
void check_caisse(const std::string& code, std::size_t line_number) {
    constexpr std::size_t digits = 3; // spec: core/caisse.h
    if (!code.empty() && (code.size() != digits || !std::ranges::all_of(code, is_digit))) {
        throw Error(
            Remedy::FixConfiguration,
            "referential of insured people: line " + std::to_string(line_number) +
                ": a caisse is three digits, such as 061, or empty"
        );
    }
}

/// ISO 8601 of that or of 23/05/1984; empty when it is neither.
std::string day_in(const std::string& text) {
    const bool french = text.size() == 10 && text[2] == '/' && text[5] == '/';
    const std::string iso =
        french ? text.substr(6, 4) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2) : text;
    return day_from_iso(iso) ? iso : std::string();
}

[[noreturn]] void refuse(const std::string& what) {
    throw Error(Remedy::FixConfiguration, "referential of insured people: " + what);
}

} // namespace

Referential::Referential(std::string text) : text_(std::move(text)) {
    if (text_.rfind("\xEF\xBB\xBF", 0) == 0) {
        text_.erase(0, 3);
    }
    if (!is_utf8(text_)) {
        text_ = from_latin1(text_);
    }
    const std::string_view headings = line_at(0);
    read_headings(headings);
    index(std::min(headings.size() + 1, text_.size()));
}

Referential Referential::from_file(const std::filesystem::path& file) {
    try {
        const Bytes bytes = read_file(file, most_bytes);
        return Referential(text_of(bytes));
    } catch (const Error& error) {
        throw Error(Remedy::FixConfiguration, file.string() + ": " + error.what());
    }
}

void Referential::read_headings(std::string_view line) {
    struct Heading {
        const char* key;
        std::size_t Columns::*column;
    };
    constexpr std::array<Heading, 23> known = {{
        {"nir", &Columns::nir},
        {"numerodesecuritesociale", &Columns::nir},
        {"numerodimmatriculation", &Columns::nir},
        {"immatriculation", &Columns::nir},
        {"nom", &Columns::family_name},
        {"nomdusage", &Columns::family_name},
        {"nomusuel", &Columns::family_name},
        {"familyname", &Columns::family_name},
        {"lastname", &Columns::family_name},
        {"nomdenaissance", &Columns::birth_name},
        {"nomdefamille", &Columns::birth_name}, // spec: article 311-21 of the Code civil
        {"birthname", &Columns::birth_name},
        {"prenom", &Columns::first_names},
        {"prenoms", &Columns::first_names},
        {"firstnames", &Columns::first_names},
        {"firstname", &Columns::first_names},
        {"datedenaissance", &Columns::birth_date},
        {"naissance", &Columns::birth_date},
        {"birthdate", &Columns::birth_date},
        {"caisse", &Columns::caisse},
        {"codecaisse", &Columns::caisse},
        {"fund", &Columns::caisse},
        {"iban", &Columns::iban},
    }};
    divider_ = std::ranges::count(line, ';') >= std::ranges::count(line, ',') ? ';' : ',';
    const std::vector<std::string> headings = cells_of(line);
    for (std::size_t column = 0; column < headings.size(); ++column) {
        const std::string key = heading_key(headings[column]);
        const auto* const heading = std::ranges::find(known, key, &Heading::key);
        if (heading == known.end()) {
            continue;
        }
        std::size_t& place = columns_.*(heading->column);
        if (place != missing) {
            refuse(
                "columns " + std::to_string(place + 1) + " and " + std::to_string(column + 1) +
                " are the same by their names (\"" + headings[place] + "\", \"" + headings[column] +
                "\"): leave one of them out"
            );
        }
        place = column;
    }
    if (columns_.nir == missing) {
        refuse("no column is named NIR in the first line, which must name the columns");
    }
    if (columns_.family_name == missing && columns_.birth_name == missing) {
        refuse("no column is named Nom or Nom de naissance in the first line");
    }
}

void Referential::index(std::size_t begin) {
    for (std::size_t number = 2; begin < text_.size(); ++number) {
        const std::string_view line = line_at(begin);
        const std::vector<std::string> cells = cells_of(line);
        const auto cell = [&](std::size_t column) {
            return column < cells.size() ? cells[column] : std::string();
        };
        const auto nir = number_of(cell(columns_.nir));
        if (nir) {
            check_caisse(cell(columns_.caisse), number);
            const bool named =
                !cell(columns_.family_name).empty() || !cell(columns_.birth_name).empty();
            nameless_ = nameless_ && !named;
            lines_.push_back({*nir, begin});
        }
        begin += line.size() + 1;
    }
    if (lines_.empty()) {
        refuse("no line has a NIR in the column of that name");
    }
    if (nameless_) {
        refuse("nobody has a name in the column of that name");
    }
    std::ranges::sort(lines_, [](const Line& a, const Line& b) {
        return std::pair(a.nir, a.begin) < std::pair(b.nir, b.begin);
    });
}

std::string_view Referential::line_at(std::size_t begin) const {
    const std::string_view rest = std::string_view(text_).substr(begin);
    return rest.substr(0, rest.find('\n'));
}

std::vector<std::string> Referential::cells_of(std::string_view line) const {
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

InsuredPerson Referential::person_at(std::size_t begin) const {
    const std::vector<std::string> cells = cells_of(line_at(begin));
    const auto cell = [&](std::size_t column) {
        return column < cells.size() ? cells[column] : std::string();
    };
    InsuredPerson person{
        .family_name = cell(columns_.family_name),
        .birth_name = cell(columns_.birth_name),
        .first_names = cell(columns_.first_names),
        .birth_date = day_in(cell(columns_.birth_date)),
        .caisse = cell(columns_.caisse),
        .iban = cell(columns_.iban)};
    std::erase(person.iban, ' ');
    return person;
}

std::vector<InsuredPerson> Referential::people_with(std::string_view nir) const {
    std::vector<InsuredPerson> people;
    const auto number = number_of(nir);
    if (!number) {
        return people;
    }
    for (const Line& line : std::ranges::equal_range(lines_, *number, {}, &Line::nir)) {
        people.push_back(person_at(line.begin));
        people.back().nir = nir;
    }
    return people;
}

} // namespace pleiade::pipeline
