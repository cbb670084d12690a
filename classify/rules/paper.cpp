#include "classify/rules/paper.h"

#include "classify/rules/folding.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

namespace pleiade::classify {
namespace {

constexpr double least_word_confidence = 0.6; // chosen: what is read worse reads otherwise again
constexpr double firm_confidence =
    0.8; // chosen: then it is on the paper; dates, which no key verifies, reach 0.9

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
        if (sketch.size() == PagePrint::most_hashes) {
            break;
        }
        sketch.push_back(hash);
    }
    return sketch;
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

/// Says of a page whose it is: a number of a person, an account, a registered letter.
bool names_somebody(IdentifierKind kind) {
    switch (kind) {
    case IdentifierKind::Nir:
    case IdentifierKind::ProvisionalNir:
    case IdentifierKind::Iban:
    case IdentifierKind::S10:
    case IdentifierKind::LaPoste:
        return true;
    case IdentifierKind::Date:
    case IdentifierKind::Siren:
    case IdentifierKind::Siret:
    case IdentifierKind::Finess:
    case IdentifierKind::Adeli:
    case IdentifierKind::OrganismCode:
    case IdentifierKind::Rpps:
        break; // of the doctor or the employer, who stamps many
    }
    return false;
}

/// What was filled in and proves something: each number of somebody, each two dates. Nothing that
/// is printed on every copy of a form stands for its pages, but two dates of a law that it quotes.
std::vector<int> bands_of(const PageReading& page) {
    constexpr std::size_t most_dates = 6; // chosen: fifteen pairs; the smallest, on every copy
    std::set<int> bands;
    std::set<int> dates;
    for (const Identifier& identifier : page.identifiers) {
        if (!identifier.valid) {
            continue;
        }
        if (names_somebody(identifier.kind)) {
            bands.insert(hash_of(identifier));
        } else if (identifier.kind == IdentifierKind::Date) {
            dates.insert(hash_of(identifier));
        }
    }
    if (dates.size() > most_dates) {
        dates.erase(std::next(dates.begin(), most_dates), dates.end());
    }
    for (auto one = dates.begin(); one != dates.end(); ++one) {
        for (auto other = std::next(one); other != dates.end(); ++other) {
            const auto first = std::bit_cast<std::uint32_t>(*one);
            const auto second = std::bit_cast<std::uint32_t>(*other);
            bands.insert(std::bit_cast<int>(mixed(mixed(first) + second)));
        }
    }
    return {bands.begin(), bands.end()};
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
    print.bands = bands_of(page);
    return print;
}

bool share_what_is_filled_in(const PageReading& ours, const PagePrint& theirs) {
    constexpr std::size_t enough_dates = 2; // chosen: one may be that of the law the form quotes
    std::set<int> dates;
    for (const Identifier& identifier : ours.identifiers) {
        const int hash = hash_of(identifier);
        if (!identifier.valid || !std::ranges::binary_search(theirs.numbers, hash)) {
            continue;
        }
        if (names_somebody(identifier.kind)) {
            return true;
        }
        if (identifier.kind == IdentifierKind::Date) {
            dates.insert(hash);
        }
    }
    return dates.size() >= enough_dates;
}

} // namespace pleiade::classify
