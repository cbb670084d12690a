#pragma once
// Finds the rows of character boxes on forms: a thin line with ticks at regular distances, or
// closed boxes side by side, in black or in a light colour.
//
// A heuristic: boxes that stand apart and are grouped besides may come out as two rows, and a table
// with narrow columns of one width is also found; whoever reads the cells must check
// what they say.

#include "core/box.h"
#include "core/page_image.h"

#include <vector>

namespace pleiade::ocr {

struct CombRow {
    Box box_px;                ///< From the first to the last cell.
    std::vector<Box> cells_px; ///< Left to right; y1 is the line at the cell, not a straight row.
    double pitch_px = 0.0;     ///< From tick to tick.
};

/// Rows from the top of the page to its bottom, left to right, of a one-channel page whose skew is
/// below one degree. Cells on one line that are set apart in groups (13 + 2) make one row.
[[nodiscard]] std::vector<CombRow> find_comb_rows(const PageImage& grey);

} // namespace pleiade::ocr
