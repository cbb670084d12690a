#include "classify/rules/paper.h"

#include "classify/rules/folding.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <iterator>
#include <limits>
#include <set>
#include <string>
#include <string_view>

namespace pleiade::classify {
namespace {

constexpr double least_word_confidence = 0.6; // chosen: what is read worse reads otherwise again
constexpr double firm_confidence =
    0.8; // chosen: then it is on the paper; dates, which no key verifies, reach 0.9
constexpr std::size_t most_hashes = 64; // chosen: a page has 10 to 60 numbers
constexpr std::size_t few_numbers = 4;  // chosen: with fewer, the words decide
constexpr std::size_t few_words = 12;   // chosen: with fewer, the picture decides

std::uint32_t mixed(std::uint32_t value) {
    // Source: A. Appleby, MurmurHash3, the 32-bit finaliser.
    value ^= value >> 16U;
    value *= 0x85EBCA6BU;
    value ^= value >> 13U;
    value *= 0xC2B2AE35U;
    value ^= value >> 16U;
    return value;
}

int hash_of(std::string_view text) {
    std::uint32_t hash = 2166136261U; // spec: FNV-1a, 32 bits
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    }
    return std::bit_cast<int>(mixed(hash));
}

int hash_of(const Identifier& identifier) {
    return hash_of(to_text(identifier.kind) + " " + identifier.value);
}

/// The smallest hashes: of two texts they are chosen alike, so that the two can be compared.
std::vector<int> sketch_of(const std::set<int>& hashes) {
    std::vector<int> sketch;
    for (const int hash : hashes) {
        if (sketch.size() == most_hashes) {
            break;
        }
        sketch.push_back(hash);
    }
    return sketch;
}

/// Share of what stands on either page that stands on both.
double likeness(const std::vector<int>& a, const std::vector<int>& b) {
    std::vector<int> either;
    std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(either));
    if (either.empty()) {
        return 1.0;
    }
    either.resize(std::min(either.size(), most_hashes));
    std::size_t both = 0;
    for (const int hash : either) {
        both += std::binary_search(a.begin(), a.end(), hash) &&
                        std::binary_search(b.begin(), b.end(), hash)
                    ? 1U
                    : 0U;
    }
    return static_cast<double>(both) / static_cast<double>(either.size());
}

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/// The centre of the word lies in the box.
bool lies_in(const Box& word, const Box& box) {
    const int x = (word.x0 + word.x1) / 2;
    const int y = (word.y0 + word.y1) / 2;
    return x >= box.x0 && x < box.x1 && y >= box.y0 && y < box.y1;
}

bool is_part_of_identifier(const Word& word, const PageReading& page) {
    return std::any_of(
        page.identifiers.begin(),
        page.identifiers.end(),
        [&](const Identifier& identifier) {
            return identifier.valid && lies_in(word.box_px, identifier.box_px);
        }
    );
}

/// Hashes of as many equally likely rows of smallest hashes as there are bands: two sets that
/// agree to four fifths have one in common 998 times in 1000, to three tenths 9 times in 100.
/// Source: Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4.
void add_bands(const std::vector<int>& hashes, std::uint32_t salt, std::vector<int>& bands) {
    constexpr std::uint32_t band_count = 12;
    constexpr std::uint32_t rows = 4;
    for (std::uint32_t band = 0; band < band_count; ++band) {
        std::uint32_t joined = mixed(salt + band);
        for (std::uint32_t row = 0; row < rows; ++row) {
            std::uint32_t least = std::numeric_limits<std::uint32_t>::max();
            const std::uint32_t seed = mixed(salt ^ (band * rows + row + 1));
            for (const int hash : hashes) {
                least = std::min(least, mixed(std::bit_cast<std::uint32_t>(hash) ^ seed));
            }
            joined = mixed(joined ^ least);
        }
        bands.push_back(std::bit_cast<int>(joined));
    }
}

/// A picture that changed in a few bits has unchanged pieces.
void add_picture_bands(const std::string& picture, std::vector<int>& bands) {
    constexpr std::size_t digits_per_band = 4;
    for (std::size_t at = 0; at + digits_per_band <= picture.size(); at += digits_per_band) {
        bands.push_back(
            hash_of("picture " + std::to_string(at) + picture.substr(at, digits_per_band))
        );
    }
}

int digit_of(char c) {
    return is_digit(c) ? c - '0' : c - 'a' + 10;
}

/// Bits in which two pictures differ; as for strangers when there is none.
int difference(const std::string& a, const std::string& b) {
    constexpr int half_of_all = 128;
    if (a.empty() || a.size() != b.size()) {
        return half_of_all;
    }
    int different = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        different += std::popcount(static_cast<unsigned>(digit_of(a[i]) ^ digit_of(b[i])));
    }
    return different;
}

bool lacks_one(const std::vector<int>& wanted, const std::vector<int>& among) {
    return !std::includes(among.begin(), among.end(), wanted.begin(), wanted.end());
}

} // namespace

PagePrint print_of(const PageReading& page) {
    PagePrint print;
    if (page.blank || page.separator) {
        return print;
    }
    print.picture = page.picture_print;
    std::set<int> numbers;
    std::set<int> firm;
    std::set<int> words;
    for (const Identifier& identifier : page.identifiers) {
        if (identifier.valid) {
            const int hash = hash_of(identifier);
            numbers.insert(hash);
            if (identifier.confidence >= firm_confidence && !identifier.repaired) {
                firm.insert(hash);
            }
        }
    }
    for (const Word& word : page.text.words) {
        constexpr std::size_t least_letters = 4;
        constexpr std::ptrdiff_t least_digits = 2;
        if (word.confidence < least_word_confidence || is_part_of_identifier(word, page)) {
            continue;
        }
        if (std::ranges::count_if(word.text, is_digit) >= least_digits) {
            numbers.insert(hash_of(folded(word.text)));
        } else if (const std::string key = match_key(word.text); key.size() >= least_letters) {
            words.insert(hash_of(key));
        }
    }
    print.numbers = sketch_of(numbers);
    print.firm = sketch_of(firm);
    print.words = sketch_of(words);
    constexpr std::uint32_t of_numbers = 1;
    constexpr std::uint32_t of_words = 2;
    if (print.numbers.size() >= few_numbers) {
        add_bands(print.numbers, of_numbers, print.bands);
    }
    if (print.numbers.size() < 2 * few_numbers && print.words.size() >= few_words) {
        add_bands(print.words, of_words, print.bands);
    }
    if (print.numbers.size() < 2 * few_numbers && print.words.size() < 2 * few_words) {
        add_picture_bands(print.picture, print.bands);
    }
    std::ranges::sort(print.bands);
    return print;
}

bool is_same_paper(const PagePrint& a, const PagePrint& b) {
    constexpr int most_bits = 64;           // chosen: two layouts differ in 128, give or take 8
    constexpr int most_bits_by_itself = 20; // chosen: nothing but the picture speaks
    constexpr double least_numbers = 0.6;   // chosen
    constexpr double least_words = 0.5;     // chosen
    const int bits = difference(a.picture, b.picture);
    if (bits > most_bits || (lacks_one(a.firm, b.numbers) && lacks_one(b.firm, a.numbers))) {
        return false;
    }
    const bool numbers_speak = std::max(a.numbers.size(), b.numbers.size()) >= few_numbers;
    const bool words_speak = std::max(a.words.size(), b.words.size()) >= few_words;
    if (numbers_speak && likeness(a.numbers, b.numbers) < least_numbers) {
        return false;
    }
    if (words_speak && likeness(a.words, b.words) < least_words) {
        return false;
    }
    return numbers_speak || words_speak || bits <= most_bits_by_itself;
}

bool share_what_is_filled_in(const PageReading& ours, const PagePrint& theirs) {
    constexpr std::size_t enough_dates = 2; // chosen: one may be that of the law the form quotes
    std::set<int> dates;
    for (const Identifier& identifier : ours.identifiers) {
        const int hash = hash_of(identifier);
        if (!identifier.valid || !std::ranges::binary_search(theirs.numbers, hash)) {
            continue;
        }
        switch (identifier.kind) {
        case IdentifierKind::Nir:
        case IdentifierKind::ProvisionalNir:
        case IdentifierKind::Iban:
        case IdentifierKind::S10:
        case IdentifierKind::LaPoste:
            return true;
        case IdentifierKind::Date:
            dates.insert(hash);
            break;
        case IdentifierKind::Siren:
        case IdentifierKind::Siret:
        case IdentifierKind::Finess:
        case IdentifierKind::Rpps:
            break; // of the doctor or the employer, who stamps many
        }
    }
    return dates.size() >= enough_dates;
}

} // namespace pleiade::classify
