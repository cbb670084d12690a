#include "app/pipeline/person_columns.h"

#include "core/day.h"
#include "core/failure.h"

#include <algorithm>
#include <array>

namespace pleiade::pipeline {
namespace {

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

/// ISO 8601 of that or of 23/05/1984; empty when it is neither.
std::string day_in(const std::string& text) {
    const bool french = text.size() == 10 && text[2] == '/' && text[5] == '/';
    const std::string iso =
        french ? text.substr(6, 4) + "-" + text.substr(3, 2) + "-" + text.substr(0, 2) : text;
    return day_from_iso(iso) ? iso : std::string();
}

} // namespace

PersonColumns person_columns(const std::vector<std::string>& headings) {
    struct Heading {
        const char* key;
        std::size_t PersonColumns::*column;
    };
    constexpr std::array<Heading, 23> known = {{
        {"nir", &PersonColumns::nir},
        {"numerodesecuritesociale", &PersonColumns::nir},
        {"numerodimmatriculation", &PersonColumns::nir},
        {"immatriculation", &PersonColumns::nir},
        {"nom", &PersonColumns::family_name},
        {"nomdusage", &PersonColumns::family_name},
        {"nomusuel", &PersonColumns::family_name},
        {"familyname", &PersonColumns::family_name},
        {"lastname", &PersonColumns::family_name},
        {"nomdenaissance", &PersonColumns::birth_name},
        {"nomdefamille", &PersonColumns::birth_name}, // spec: article 311-21 of the Code civil
        {"birthname", &PersonColumns::birth_name},
        {"prenom", &PersonColumns::first_names},
        {"prenoms", &PersonColumns::first_names},
        {"firstnames", &PersonColumns::first_names},
        {"firstname", &PersonColumns::first_names},
        {"datedenaissance", &PersonColumns::birth_date},
        {"naissance", &PersonColumns::birth_date},
        {"birthdate", &PersonColumns::birth_date},
        {"caisse", &PersonColumns::caisse},
        {"codecaisse", &PersonColumns::caisse},
        {"fund", &PersonColumns::caisse},
        {"iban", &PersonColumns::iban},
    }};
    PersonColumns columns;
    for (std::size_t column = 0; column < headings.size(); ++column) {
        const std::string key = heading_key(headings[column]);
        const auto* const heading = std::ranges::find(known, key, &Heading::key);
        if (heading == known.end()) {
            continue;
        }
        std::size_t& place = columns.*(heading->column);
        if (place != PersonColumns::missing) {
            refuse_referential(
                "columns " + std::to_string(place + 1) + " and " + std::to_string(column + 1) +
                " are the same by their names (\"" + headings[place] + "\", \"" + headings[column] +
                "\"): leave one of them out"
            );
        }
        place = column;
    }
    if (columns.nir == PersonColumns::missing) {
        refuse_referential("no column is named NIR");
    }
    if (columns.family_name == PersonColumns::missing &&
        columns.birth_name == PersonColumns::missing) {
        refuse_referential("no column is named Nom or Nom de naissance");
    }
    return columns;
}

InsuredPerson person_of(const std::vector<std::string>& cells, const PersonColumns& columns) {
    const auto cell = [&](std::size_t column) {
        return column < cells.size() ? cells[column] : std::string();
    };
    InsuredPerson person{
        .family_name = cell(columns.family_name),
        .birth_name = cell(columns.birth_name),
        .first_names = cell(columns.first_names),
        .birth_date = day_in(cell(columns.birth_date)),
        .caisse = cell(columns.caisse),
        .iban = cell(columns.iban)};
    std::erase(person.iban, ' ');
    return person;
}

void check_caisse(std::string_view code, std::string_view where) {
    constexpr std::size_t digits = 3; // spec: core/caisse.h
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!code.empty() && (code.size() != digits || !std::ranges::all_of(code, is_digit))) {
        refuse_referential(std::string(where) + "a caisse is three digits, such as 061, or empty");
    }
}

void refuse_referential(const std::string& what) {
    throw Error(Remedy::FixConfiguration, "referential of insured people: " + what);
}

} // namespace pleiade::pipeline
