#pragma once
// Where a page looks as if a two-dimensional code stood there: edges close together in both
// directions over a whole patch of paper, which neither text nor tables have.
//
// A heuristic: bold headings, stamps, screened pictures and dark logos are suspected too (it costs
// some milliseconds each); codes smaller than 3 mm are not.

#include "core/box.h"
#include "ocr/barcode/gradient_map.h"

#include <vector>

namespace pleiade::ocr {

/// Boxes in pixels of the picture the map was made of, the largest first, at most a dozen.
[[nodiscard]] std::vector<Box> suspected_codes(const GradientMap& map, int dpi);

} // namespace pleiade::ocr
