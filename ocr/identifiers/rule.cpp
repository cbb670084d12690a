#include "ocr/identifiers/rule.h"

#include "ocr/identifier_checks.h"

#include <cctype>

namespace pleiade::ocr {
namespace {

// chosen: more repairs than this in one number is not reading, it is inventing
constexpr std::size_t most_repairs = 4;
constexpr std::size_t most_ways = 64; // chosen: 1 in 97 wrong ways passes a key by chance

/// Digits that are read as this letter. measured: what OCR of French typed mail confuses
std::string_view digits_like(char letter) {
    switch (letter) {
    case 'O':
    case 'o':
    case 'Q':
    case 'D':
    case 'U':
        return "0";
    case 'I':
    case 'l':
    case 'i':
    case 'L':
    case 'J':
    case 't':
        return "1";
    case 'Z':
    case 'z':
        return "2";
    case 'E':
        return "3";
    case 'A':
    case 'h':
        return "4";
    case 'S':
    case 's':
        return "5";
    case 'G':
    case 'b':
        return "6";
    case 'T':
    case 'Y':
        return "7";
    case 'B':
        return "83";
    case 'g':
    case 'q':
        return "9";
    default:
        return "";
    }
}

std::string_view letters_like(char digit) {
    switch (digit) {
    case '0':
        return "ODQ";
    case '1':
        return "IL";
    case '2':
        return "Z";
    case '4':
        return "A";
    case '5':
        return "S";
    case '6':
        return "G";
    case '8':
        return "B";
    default:
        return "";
    }
}

char upper(char c) {
    return static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
}

bool fits(char shape, char c) {
    switch (shape) {
    case 'd':
        return is_digit(c);
    case 'a':
        return is_capital(c);
    case 'c':
        return is_digit(c) || c == 'A' || c == 'B';
    default:
        return is_digit(c) || is_capital(c);
    }
}

/// What may really stand where `read` was read; the reading itself first when it fits.
std::string choices(char shape, char read) {
    std::string all;
    const bool letter = !is_digit(read);
    if (fits(shape, upper(read))) {
        all += upper(read);
    }
    if (letter && shape != 'a') {
        all += digits_like(read);
    }
    if (!letter && (shape == 'a' || shape == 'x')) {
        all += letters_like(read);
    }
    return all;
}

/// Tries every way of choosing and counts those that satisfy the check.
struct Search {
    const Rule& rule;
    std::string_view raw;
    std::vector<std::string> choices_at;
    std::string value;
    std::string found;
    int found_count = 0;

    void run(std::size_t at, std::size_t repairs) {
        if (at == raw.size()) {
            if (rule.check(value)) {
                found = value;
                ++found_count;
            }
            return;
        }
        for (const char choice : choices_at[at]) {
            const std::size_t more = choice == upper(raw[at]) ? repairs : repairs + 1;
            if (more <= most_repairs && found_count < 2) {
                value[at] = choice;
                run(at + 1, more);
            }
        }
    }
};

std::string described(std::string_view raw, std::string_view value) {
    std::string text;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        if (upper(raw[i]) != value[i]) {
            text += text.empty() ? "" : "; ";
            text +=
                std::string(1, raw[i]) + " read at " + std::to_string(i + 1) + ", is " + value[i];
        }
    }
    return text;
}

/// The walls of empty cells read as ones, and they may even satisfy a key.
bool is_walls(std::string_view text) {
    constexpr std::ptrdiff_t most_alike = 10; // chosen: born in November of year 11 in Aude has 7
    return std::ranges::any_of(text, [&](char c) {
        return std::ranges::count(text, c) > most_alike;
    });
}

bool nir_holds(std::string_view nir) {
    return nir_valid(nir) && !is_walls(nir);
}

bool body_plausible(std::string_view body) {
    return body.size() == nir_body_length && nir_fault(body) == NirFault::None && !is_walls(body);
}

} // namespace

const Rule& nir_rule() {
    static const Rule rule{IdentifierKind::Nir, "ddddddcdddddddd", nir_holds};
    return rule;
}

const Rule& nir_body_rule() {
    static const Rule rule{IdentifierKind::Nir, "ddddddcdddddd", body_plausible};
    return rule;
}

const std::vector<Rule>& fixed_rules() {
    static const std::vector<Rule> rules = {
        nir_rule(),
        {IdentifierKind::Siret, "dddddddddddddd", siret_valid},
        {IdentifierKind::S10, "aadddddddddaa", s10_valid},
        {IdentifierKind::LaPoste, "daddddddddddd", la_poste_valid},
        nir_body_rule(),
        {IdentifierKind::Rpps, "ddddddddddd", rpps_valid},
        {IdentifierKind::Finess, "dcddddddd", finess_valid},
        {IdentifierKind::Siren, "ddddddddd", siren_valid},
        {IdentifierKind::Adeli, "dcddddddd", adeli_valid},
        {IdentifierKind::OrganismCode, "ddddddddd", organism_code_shape},
        {IdentifierKind::ProvisionalNir, "dddddddda", provisional_nir_shape},
        {IdentifierKind::ProvisionalNir, "ddddddda", provisional_nir_shape},
    };
    return rules;
}

std::optional<Rule> iban_rule(std::string_view country) {
    const std::size_t length = iban_length(country);
    if (length == 0) {
        return std::nullopt;
    }
    std::string shape = "aadd" + std::string(length - 4, 'x');
    if (country == "FR" || country == "MC") {
        shape = "aadd" + std::string(10, 'd') + std::string(11, 'x') + "dd"; // spec: CFONB RIB
    }
    return Rule{IdentifierKind::Iban, shape, iban_valid};
}

Reading read_as(const Rule& rule, std::string_view raw) {
    Reading reading;
    for (const char c : raw) {
        reading.value += upper(c);
    }
    if (raw.size() != rule.shape.size()) {
        return reading;
    }
    bool as_shape = true;
    std::size_t ways = 1;
    Search search{rule, raw, {}, reading.value, "", 0};
    for (std::size_t i = 0; i < raw.size(); ++i) {
        as_shape = as_shape && fits(rule.shape[i], reading.value[i]);
        search.choices_at.push_back(choices(rule.shape[i], raw[i]));
        ways = std::min(most_ways + 1, ways * search.choices_at.back().size());
    }
    if (as_shape && rule.check(reading.value)) {
        reading.holds = true;
        return reading;
    }
    // nothing tells a right repair of a provisional number from a wrong one: every letter passes
    if (rule.kind == IdentifierKind::ProvisionalNir || ways == 0 || ways > most_ways) {
        return reading;
    }
    search.run(0, 0);
    if (search.found_count == 1) {
        reading.value = search.found;
        reading.holds = true;
        reading.repaired = true;
        reading.repair = described(raw, search.found);
    }
    return reading;
}

bool is_usual_nir(std::string_view value) {
    const auto month = number_of(value.substr(3, 2));
    return (value[0] == '1' || value[0] == '2') && month >= 1 && month <= 12;
}

} // namespace pleiade::ocr
