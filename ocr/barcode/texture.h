#pragma once
// Where a page looks as if a two-dimensional code stood there: about half black over a whole patch
// of paper, which neither text nor tables are.
//
// A heuristic: bold headings, stamps, photographs and dark logos are suspected too (it costs some
// milliseconds each); codes smaller than 4 mm and codes printed in light grey are not.

#include "core/box.h"
#include "ocr/barcode/reduced_page.h"

#include <vector>

namespace pleiade::ocr {

/// Boxes on the reduced page, the most code-like (largest) first, at most a dozen.
[[nodiscard]] std::vector<Box> suspected_codes(const ReducedPage& page);

} // namespace pleiade::ocr
