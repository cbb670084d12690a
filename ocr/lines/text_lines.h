#pragma once
// Where text lines stand on an upright page, without reading them. Rules, boxes, pictures and dirt
// are left out.
//
// A heuristic over connected ink: letters of one line follow each other at about the same height.
// It fails where lines touch each other over their whole length.

#include "core/box.h"
#include "core/page_image.h"
#include "ocr/lstm/line_picture.h"

#include <vector>

namespace pleiade::ocr {

/// A stretch of text without a wide gap: what is read in one go.
struct TextSegment {
    Box box_px;                  ///< Of its ink.
    std::size_t pieces = 0;      ///< Of ink: letters, or several letters that touch.
    LinePlace place;             ///< With room for ascenders and descenders.
    double baseline_y0_px = 0.0; ///< At the left end of the place; it has the same slope.
};

/// Segments on one baseline, left to right.
struct FoundLine {
    std::vector<TextSegment> segments;
    int block_index = 0;
};

struct FoundText {
    std::vector<FoundLine> lines; ///< Columns of text one after the other, else from top to bottom.
    std::vector<Box> leaders_px;  ///< Dots of rows that lead to a value or are written upon.
};

[[nodiscard]] FoundText find_text(const PageImage& grey);

} // namespace pleiade::ocr
