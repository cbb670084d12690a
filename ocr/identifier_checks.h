#pragma once
// Check rules of the numbers and dates on insurance mail: shape, key, check digit. Pure functions
// of normalised text (no blanks, upper case); finding the text on a page is identifier_finder.h.

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace pleiade::ocr {

[[nodiscard]] constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
[[nodiscard]] constexpr bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}
[[nodiscard]] constexpr int digit_value(char c) {
    return c - '0';
}

[[nodiscard]] constexpr bool all_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, is_digit);
}

/// Value of at most 18 digits.
[[nodiscard]] constexpr std::int64_t number_of(std::string_view digits) {
    std::int64_t value = 0;
    for (const char c : digits) {
        value = value * 10 + digit_value(c);
    }
    return value;
}

/// spec: ISO/IEC 7812-1 annex B (Luhn): every second digit from the right doubled, sum a multiple
/// of 10.
[[nodiscard]] constexpr bool luhn_holds(std::string_view digits) {
    int sum = 0;
    bool doubled = false;
    for (auto c = digits.rbegin(); c != digits.rend(); ++c) {
        const int value = digit_value(*c) * (doubled ? 2 : 1);
        sum += value > 9 ? value - 9 : value;
        doubled = !doubled;
    }
    return all_digits(digits) && sum % 10 == 0;
}

// --- NIR: sex, year, month, place (department or country, commune), serial, key -----------------

inline constexpr std::size_t nir_body_length = 13; // spec: INSEE, décret 82-103 article 4
inline constexpr std::size_t nir_length = 15;

/// What is wrong with a NIR; the first fault found from left to right.
enum class NirFault { None, Length, Character, Sex, Month, Place, Serial, Key };

/// The thirteen characters as a number, Corsica's letters replaced; nothing when they are not
/// digits. spec: 2A counts as 19, 2B as 18.
[[nodiscard]] constexpr std::optional<std::int64_t> nir_number(std::string_view body) {
    if (body.size() != nir_body_length) {
        return std::nullopt;
    }
    std::array<char, nir_body_length> digits{};
    std::ranges::copy(body, digits.begin());
    if (digits[5] == '2' && (digits[6] == 'A' || digits[6] == 'B')) {
        digits[6] = digits[6] == 'A' ? '9' : '8';
        digits[5] = '1';
    }
    const std::string_view number(digits.data(), digits.size());
    return all_digits(number) ? std::optional(number_of(number)) : std::nullopt;
}

/// The key (1 to 97) that belongs to thirteen characters; 0 when they are not a number.
[[nodiscard]] constexpr int nir_key(std::string_view body) {
    const std::optional<std::int64_t> number = nir_number(body);
    return number.has_value() ? 97 - static_cast<int>(*number % 97) : 0;
}

/// 1 and 2; 3, 4, 7 and 8 for people being registered (NIA).
[[nodiscard]] constexpr bool nir_sex_exists(char sex) {
    return std::string_view("123478").find(sex) != std::string_view::npos;
}

/// 01 to 12; 20 to 42 and 50 to 99 when the month of birth is not known.
/// spec: 20-30 and 50 in INSEE's table; 31-42 and 51-99 general knowledge without a source.
[[nodiscard]] constexpr bool nir_month_exists(int month) {
    return (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
}

/// Checks thirteen characters (body) or fifteen (with key).
///
/// Serial 000 is refused on general knowledge: INSEE counts from 001.
[[nodiscard]] constexpr NirFault nir_fault(std::string_view nir) {
    if (nir.size() != nir_body_length && nir.size() != nir_length) {
        return NirFault::Length;
    }
    const std::string_view body = nir.substr(0, nir_body_length);
    const std::string_view key = nir.substr(nir_body_length);
    if (!nir_number(body).has_value() || (!key.empty() && !all_digits(key))) {
        return NirFault::Character;
    }
    if (!nir_sex_exists(body[0])) {
        return NirFault::Sex;
    }
    if (!nir_month_exists(static_cast<int>(number_of(body.substr(3, 2))))) {
        return NirFault::Month;
    }
    if (body.substr(5, 2) == "00" || body.substr(7, 3) == "000") {
        return NirFault::Place;
    }
    if (body.substr(10, 3) == "000") {
        return NirFault::Serial;
    }
    return key.empty() || number_of(key) == nir_key(body) ? NirFault::None : NirFault::Key;
}

[[nodiscard]] constexpr bool nir_valid(std::string_view nir) {
    return nir.size() == nir_length && nir_fault(nir) == NirFault::None;
}

/// The two characters of the key; precondition: nir_fault(body) is None.
[[nodiscard]] inline std::string nir_key_text(std::string_view body) {
    const int key = nir_key(body);
    return {static_cast<char>('0' + key / 10), static_cast<char>('0' + key % 10)};
}

/// Provisional matricule: seven or eight digits and a letter. There is no key: shape only.
[[nodiscard]] constexpr bool provisional_nir_shape(std::string_view text) {
    return (text.size() == 8 || text.size() == 9) && is_capital(text.back()) &&
           all_digits(text.substr(0, text.size() - 1));
}

// --- Companies, establishments, people of health ------------------------------------------------

[[nodiscard]] constexpr bool siren_valid(std::string_view text) {
    return text.size() == 9 && luhn_holds(text) && text != "000000000";
}

/// spec: Luhn over all 14 and over the SIREN; the establishments of La Poste (356000000), its
/// seat excepted, have a digit sum that is a multiple of 5 instead.
[[nodiscard]] constexpr bool siret_valid(std::string_view text) {
    if (text.size() != 14 || !all_digits(text) || !siren_valid(text.substr(0, 9))) {
        return false;
    }
    if (text.starts_with("356000000") && text != "35600000000048") {
        int sum = 0;
        for (const char c : text) {
            sum += digit_value(c);
        }
        return sum % 5 == 0;
    }
    return luhn_holds(text);
}

/// Nine characters that begin with a department; Corsica's letter allowed.
[[nodiscard]] constexpr bool finess_shape(std::string_view text) {
    if (text.size() != 9 || !all_digits(text.substr(2))) {
        return false;
    }
    const std::string_view department = text.substr(0, 2);
    return department == "2A" || department == "2B" ||
           (all_digits(department) && department != "00" && department != "99");
}

/// Luhn. A Corsican number with its letter is never called valid: how its key counts the letter
/// was not found in any source.
[[nodiscard]] constexpr bool finess_valid(std::string_view text) {
    return finess_shape(text) && luhn_holds(text);
}

/// Eleven digits, "10" first, Luhn. A soft check: an example of the official documents fails it.
[[nodiscard]] constexpr bool rpps_valid(std::string_view text) {
    return text.size() == 11 && text.starts_with("10") && luhn_holds(text);
}

/// Department, profession, five digits and a Luhn digit. A Corsican number with its letter is never
/// called valid, as with FINESS.
[[nodiscard]] constexpr bool adeli_valid(std::string_view text) {
    return text.size() == 9 && !text.starts_with("00") && luhn_holds(text);
}

/// Regime (two digits), caisse (three) and centre (four, 0000 for the caisse itself). No key: shape
/// only. spec: docs/domain.md 2.9, the regimes of its table.
[[nodiscard]] constexpr bool organism_code_shape(std::string_view text) {
    constexpr auto regimes =
        std::to_array<std::string_view>({"01", "02", "03", "04", "05", "08", "17", "91", "95", "99"}
        );
    return text.size() == 9 && all_digits(text) &&
           std::ranges::find(regimes, text.substr(0, 2)) != regimes.end() &&
           text.substr(2, 3) != "000";
}

// --- Bank accounts: identifiers/accounts.cpp ----------------------------------------------------

/// Length of an IBAN of a country ("FR"), 0 for countries without IBAN. spec: ISO 13616 registry.
[[nodiscard]] std::size_t iban_length(std::string_view country);

/// Country, length, mod 97, and the RIB key inside French ones.
[[nodiscard]] bool iban_valid(std::string_view text);

/// 23 characters: bank 5, branch 5, account 11, key 2.
[[nodiscard]] bool rib_key_holds(std::string_view rib);

// --- Postal items: identifiers/postal_items.cpp -------------------------------------------------

/// ISO 3166-1 alpha-2.
[[nodiscard]] bool country_exists(std::string_view code);

/// spec: UPU S10-12: service, eight digits, check digit, country.
[[nodiscard]] bool s10_valid(std::string_view text);

/// One digit, one letter, ten digits, key with weights 3, 1, 3, 1 from the right. A soft check:
/// inferred from four public numbers, no specification was found.
[[nodiscard]] constexpr bool la_poste_valid(std::string_view text) {
    if (text.size() != 13 || !is_digit(text[0]) || !is_capital(text[1]) ||
        !all_digits(text.substr(2))) {
        return false;
    }
    int sum = 0;
    for (std::size_t i = 2; i < 12; ++i) {
        sum += digit_value(text[i]) * (i % 2 == 1 ? 3 : 1);
    }
    return (10 - sum % 10) % 10 == digit_value(text[12]);
}

// --- Dates: identifiers/dates.cpp ---------------------------------------------------------------

/// Two-digit years below this are of this century, the others of the last one. chosen: mail is
/// dated up to 2039; of people born before 1940 the two-digit birth year is read wrong.
inline constexpr int century_pivot = 40;

/// "14/03/2026", "14.03.2026", "14-03-26", "14 03 2026", "14032026", "14 mars 2026", "1er avril
/// 2026": day first, as in France. Nothing when there is no such day or the year is not plausible.
[[nodiscard]] std::optional<std::chrono::year_month_day>
parse_date(std::string_view text, int pivot = century_pivot);

/// 1 to 12 for a French month name or its usual abbreviation ("févr.", "sept"), else 0.
[[nodiscard]] int french_month(std::string_view name);

static_assert(nir_valid("184050608800195") && nir_valid("253072A07300443"));
static_assert(nir_valid("253072B07300470") && nir_valid("184050608809697"));
static_assert(nir_fault("295109912611199") == NirFault::Key);
static_assert(nir_fault("253072C07300443") == NirFault::Character);
static_assert(nir_fault("6546546546546703") == NirFault::Length);
static_assert(nir_key("1631278477042") == 94 && nir_key("2620875032039") == 77);
static_assert(siren_valid("404833048") && !siren_valid("404833047"));
static_assert(siret_valid("73282932000074") && !siret_valid("73282932000079"));
static_assert(siret_valid("35600000000048") && siret_valid("35600000049837"));
static_assert(finess_valid("750712184") && rpps_valid("10002909371"));
static_assert(la_poste_valid("1A04787720243") && !la_poste_valid("1A04787720244"));

} // namespace pleiade::ocr
