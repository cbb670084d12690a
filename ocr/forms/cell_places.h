#pragma once
// Where the characters of a comb row stand, those included whose ink was not found.

#include "ocr/cell_reader.h"
#include "ocr/forms/comb_reading.h"
#include "ocr/forms/comb_rows.h"

#include <vector>

namespace pleiade::ocr {

/// One place per cell. Size and height above the line come from the row as a whole, so that a
/// stamp or a broken character in one cell does no harm. None when the row holds no ink.
[[nodiscard]] std::vector<CellPlace> cell_places(const CombInk& ink, const CombRow& row);

} // namespace pleiade::ocr
