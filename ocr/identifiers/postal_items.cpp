// Check rules of numbers on postal items.

#include "ocr/identifier_checks.h"

namespace pleiade::ocr {
namespace {

// spec: ISO 3166-1 alpha-2, officially assigned codes, in alphabetic order.
constexpr std::string_view countries =
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCI"
    "CKCLCMCNCOCRCUCVCWCXCYCZDEDJDKDMDODZECEEEGEHERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQ"
    "GRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLS"
    "LTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENFNGNINLNONPNRNUNZOMPAPEPFPG"
    "PHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTHTJTK"
    "TLTMTNTOTRTTTVTWTZUAUGUMUSUYUZVAVCVEVGVIVNVUWFWSYEYTZAZMZW";
static_assert(countries.size() == std::size_t{249} * 2);

} // namespace

bool country_exists(std::string_view code) {
    if (code.size() != 2) {
        return false;
    }
    for (std::size_t i = 0; i < countries.size(); i += 2) {
        if (countries.substr(i, 2) == code) {
            return true;
        }
    }
    return false;
}

bool s10_valid(std::string_view text) {
    if (text.size() != 13 || !is_capital(text[0]) || !is_capital(text[1]) ||
        !all_digits(text.substr(2, 9)) || !country_exists(text.substr(11))) {
        return false;
    }
    constexpr std::array weights = {8, 6, 4, 2, 3, 5, 9, 7}; // spec: UPU S10-12
    int sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        sum += weights[i] * digit_value(text[i + 2]);
    }
    const int remainder = 11 - sum % 11;
    const int check = remainder == 10 ? 0 : (remainder == 11 ? 5 : remainder);
    return check == digit_value(text[10]);
}

} // namespace pleiade::ocr
