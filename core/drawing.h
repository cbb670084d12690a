#pragma once
// A page to be printed, as a value: black rectangles and words. Not for page images that were
// scanned: those are core/page_image.h.

#include "core/units.h"

#include <string>
#include <vector>

namespace pleiade {

/// Black, filled. Origin of the page top left, y downwards.
struct DrawnRectangle {
    Millimetres x;
    Millimetres y;
    Millimetres width;
    Millimetres height;
};

enum class DrawnWeight { Regular, Bold };

struct DrawnText {
    std::string text; ///< UTF-8, one line; what Windows-1252 does not hold is printed as "?".
    Millimetres x;    ///< Where the first letter starts.
    Millimetres baseline_y;
    Millimetres size; ///< Of the type: from the top of one line to the top of the next.
    DrawnWeight weight = DrawnWeight::Regular;
};

/// One sheet of paper.
struct Drawing {
    Millimetres width{210.0};  // spec: ISO 216, A4
    Millimetres height{297.0}; // spec: ISO 216, A4
    std::vector<DrawnRectangle> rectangles;
    std::vector<DrawnText> texts;
};

} // namespace pleiade
