#pragma once
// Where parallel bars stand, whatever their direction: places for linear codes.
//
// A heuristic. Found are bars at least nine cells across and two high; hatchings, combs and narrow
// tables are found too and cost a reading. Bars wider than a millimetre are found on a reduced page
// only.

#include "ocr/barcode/gradient_map.h"
#include "ocr/barcode/region.h"

#include <vector>

namespace pleiade::ocr {

/// Regions in pixels of the picture the map was made of, their rows across the bars, the largest
/// first.
[[nodiscard]] std::vector<Region> bar_regions(const GradientMap& map);

} // namespace pleiade::ocr
