#pragma once
// The words on a page, where they stand and how sure the reader is.

#include "core/box.h"

#include <string>
#include <vector>

namespace pleiade {

/// One character with its runner-up; given only inside identifiers and fields.
struct Character {
    std::string text; ///< UTF-8, one grapheme.
    Box box_px;
    double confidence = 0.0; ///< 0 to 1.
    std::string second;      ///< Second choice, empty when the reader offers none.
    double second_confidence = 0.0;
};

struct Word {
    std::string text; ///< UTF-8.
    Box box_px;
    double confidence = 0.0; ///< 0 to 1.
    int line_index = 0;      ///< Into PageText::lines.
    std::vector<Character> characters;
};

struct TextLine {
    Box box_px;
    int block_index = 0;
    int baseline_y0_px = 0; ///< Height of the baseline at box_px.x0 ...
    int baseline_y1_px = 0; ///< ... and at box_px.x1.
};

/// All text of one page in reading order. Words of one line are neighbours.
struct PageText {
    std::vector<TextLine> lines;
    std::vector<Word> words;
    double confidence = 0.0; ///< Mean over words weighted by length, 0 to 1; 0 without words.

    /// Words joined by blanks, lines by line ends, blocks by an empty line.
    [[nodiscard]] std::string plain() const;
};

} // namespace pleiade
