#pragma once
// What a learned model sees of a page: hashed words, pairs and pieces of words, words by where they
// stand and how large they are, marks, identifiers and the layout. Numbers stand for their shape
// alone: whose mail it is must not be learned.

#include "classify/rules/layout.h"
#include "core/page_reading.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace pleiade::classify {

inline constexpr unsigned sign_bits = 18; // chosen: 262,144; a page has about 700 signs
inline constexpr unsigned word_bits =
    19; // chosen: 20,000 known words share a bit with 4 % of others

/// Every page has it, with the value 1: what a type has for a page of which nothing is known.
inline constexpr std::uint32_t always_there = 1U << sign_bits;

/// One sighting; the same sign may be seen many times.
struct Sign {
    std::uint32_t feature = 0; ///< Below 2 to the power of sign_bits.
    int word_index = -1;       ///< Into Layout::words; -1 when it is about the page as a whole.
};

struct PageSigns {
    std::vector<Sign> text;
    std::vector<Sign> shape;
    std::vector<std::uint32_t>
        words;             ///< Hashed words that familiarity is judged by, as often as read.
    double wordless = 1.0; ///< 1 without such words, 0.5 with ten, 0.1 with ninety.
};

[[nodiscard]] PageSigns signs_of(const PageReading& page, const Layout& layout);

/// Each sign once with its value, rising: 1 + log of how often, all of the text together of length
/// 1, all of the shape of a length that lets the text speak louder.
using SignValues = std::vector<std::pair<std::uint32_t, float>>;
[[nodiscard]] SignValues values_of(const PageSigns& signs);

/// Bits for hashed words.
class WordSet {
public:
    WordSet() : blocks_((std::size_t{1} << word_bits) / 64) {}

    void insert(std::uint32_t word) { blocks_[word / 64] |= std::uint64_t{1} << (word % 64); }
    [[nodiscard]] bool contains(std::uint32_t word) const {
        return ((blocks_[word / 64] >> (word % 64)) & 1U) != 0;
    }
    [[nodiscard]] const std::vector<std::uint64_t>& blocks() const { return blocks_; }

private:
    std::vector<std::uint64_t> blocks_;
};

/// The share of the words that are not among the known ones; 0 without words. Few words say little,
/// so it is drawn to a quarter.
[[nodiscard]] double
unfamiliar_share(const std::vector<std::uint32_t>& words, const std::vector<std::uint64_t>& known);

} // namespace pleiade::classify
