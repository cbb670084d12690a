#pragma once
// From probabilities along a line to its words.

#include "ocr/lstm/charset.h"
#include "ocr/lstm/dictionary.h"
#include "ocr/lstm/line_network.h"

#include <cstddef>
#include <string>
#include <vector>

namespace pleiade::ocr {

/// One character and the steps along the line it was seen at.
struct LineCharacter {
    std::size_t code = 0;
    std::size_t first_step = 0;
    std::size_t last_step = 0;
    double odds = 0.0;
    std::size_t second_code = 0;
    double second_odds = 0.0; ///< 0 when there is no other.
};

struct LineWord {
    std::vector<LineCharacter> characters;

    [[nodiscard]] double odds() const; ///< Of the least likely character.
};

struct Decoder {
    const Charset& charset;
    const Dictionary& dictionary;
    std::size_t no_character = 0;
};

/// Which codes may be read; empty = all.
using AllowedCodes = std::vector<bool>;

/// Words from left to right. Where the network is unsure, a word of the dictionary is preferred to
/// one that is a little more likely.
[[nodiscard]] std::vector<LineWord>
words_along(const LineOdds& odds, const Decoder& decoder, const AllowedCodes& allowed);

} // namespace pleiade::ocr
