#pragma once
// Digits set apart in a row, whatever the cells around them look like: every line is taken out of a
// place beside or below a label, and what is left is judged by its size and its spacing.

#include "core/box.h"
#include "core/page_image.h"
#include "ocr/forms/comb_reading.h"

#include <cstddef>
#include <vector>

namespace pleiade::ocr {

struct DigitRow {
    CombInk ink; ///< One cell per digit.
    Box box_px;
};

/// Rows of exactly one of these numbers of digits; the numbers named first are looked for first.
/// Rows that meet are different opinions on where a number with a check key begins. A heuristic:
/// whoever reads them must check what they say.
[[nodiscard]] std::vector<DigitRow>
digit_rows(const PageImage& grey, const Box& place_px, const std::vector<std::size_t>& lengths);

} // namespace pleiade::ocr
