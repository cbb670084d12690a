#pragma once
// The words of a page cut into runs of letters and digits: what identifiers are made of.

#include "core/box.h"
#include "core/page_text.h"

#include <string>
#include <vector>

namespace pleiade::ocr {

/// A run of letters and digits inside one word; accents removed, case kept.
struct Token {
    std::string text;
    std::string gap; ///< What stood before it since the last token of its line; " " between words.
    Box box_px;      ///< Its share of the box of the word when the word has no characters.
    double confidence = 0.0; ///< Of the word.
    int line_index = 0;
};

/// All tokens in reading order.
[[nodiscard]] std::vector<Token> tokens_of(const PageText& text);

} // namespace pleiade::ocr
