// Check rules of IBAN and RIB.

#include "ocr/identifier_checks.h"

namespace pleiade::ocr {
namespace {

struct CountryLength {
    std::string_view country;
    std::size_t length;
};

// spec: IBAN registry (SWIFT, for ISO 13616), in alphabetic order.
constexpr auto iban_lengths = std::to_array<CountryLength>({
    {"AD", 24}, {"AE", 23}, {"AL", 28}, {"AT", 20}, {"AZ", 28}, {"BA", 20}, {"BE", 16}, {"BG", 22},
    {"BH", 22}, {"BI", 27}, {"BR", 29}, {"BY", 28}, {"CH", 21}, {"CR", 22}, {"CY", 28}, {"CZ", 24},
    {"DE", 22}, {"DJ", 27}, {"DK", 18}, {"DO", 28}, {"EE", 20}, {"EG", 29}, {"ES", 24}, {"FI", 18},
    {"FK", 18}, {"FO", 18}, {"FR", 27}, {"GB", 22}, {"GE", 22}, {"GI", 23}, {"GL", 18}, {"GR", 27},
    {"GT", 28}, {"HN", 28}, {"HR", 21}, {"HU", 28}, {"IE", 22}, {"IL", 23}, {"IQ", 23}, {"IS", 26},
    {"IT", 27}, {"JO", 30}, {"KW", 30}, {"KZ", 20}, {"LB", 28}, {"LC", 32}, {"LI", 21}, {"LT", 20},
    {"LU", 20}, {"LV", 21}, {"LY", 25}, {"MC", 27}, {"MD", 24}, {"ME", 22}, {"MK", 19}, {"MN", 20},
    {"MR", 27}, {"MT", 31}, {"MU", 30}, {"NI", 28}, {"NL", 18}, {"NO", 15}, {"OM", 23}, {"PK", 24},
    {"PL", 28}, {"PS", 29}, {"PT", 25}, {"QA", 29}, {"RO", 24}, {"RS", 22}, {"RU", 33}, {"SA", 24},
    {"SC", 31}, {"SD", 18}, {"SE", 24}, {"SI", 19}, {"SK", 24}, {"SM", 27}, {"SO", 23}, {"ST", 25},
    {"SV", 28}, {"TL", 23}, {"TN", 24}, {"TR", 26}, {"UA", 29}, {"VA", 22}, {"VG", 24}, {"XK", 20},
    {"YE", 30},
});
static_assert(std::ranges::is_sorted(iban_lengths, {}, &CountryLength::country));

constexpr int modulus = 97; // spec: ISO 7064 MOD 97-10, and the RIB key

bool is_alphanumeric(char c) {
    return is_digit(c) || is_capital(c);
}

/// Remainder by 97 of the text with letters as A = 10 ... Z = 35.
int iban_remainder(std::string_view text) {
    int remainder = 0;
    for (const char c : text) {
        remainder = is_digit(c) ? (remainder * 10 + digit_value(c)) % modulus
                                : (remainder * 100 + (c - 'A') + 10) % modulus;
    }
    return remainder;
}

/// spec: CFONB: A-I and J-R count 1 to 9, S-Z count 2 to 9.
int rib_digit(char c) {
    if (is_digit(c)) {
        return digit_value(c);
    }
    return c >= 'S' ? c - 'S' + 2 : (c - 'A') % 9 + 1;
}

} // namespace

std::size_t iban_length(std::string_view country) {
    const auto* const found =
        std::ranges::lower_bound(iban_lengths, country, {}, &CountryLength::country);
    return found != iban_lengths.end() && found->country == country ? found->length : 0;
}

bool rib_key_holds(std::string_view rib) {
    constexpr std::size_t rib_length = 23; // spec: CFONB, 5 + 5 + 11 + 2
    if (rib.size() != rib_length || !std::ranges::all_of(rib, is_alphanumeric) ||
        !all_digits(rib.substr(0, 10)) || !all_digits(rib.substr(21))) {
        return false;
    }
    int remainder = 0;
    for (const char c : rib) {
        remainder = (remainder * 10 + rib_digit(c)) % modulus;
    }
    return remainder == 0;
}

bool iban_valid(std::string_view text) {
    if (text.size() < 5 || text.size() != iban_length(text.substr(0, 2)) ||
        !all_digits(text.substr(2, 2)) || !std::ranges::all_of(text, is_alphanumeric)) {
        return false;
    }
    const std::string turned = std::string(text.substr(4)) + std::string(text.substr(0, 4));
    if (iban_remainder(turned) != 1) {
        return false;
    }
    return !text.starts_with("FR") || rib_key_holds(text.substr(4));
}

} // namespace pleiade::ocr
