#pragma once
// Rows of dots that lead from a label to its value, or that one writes upon.

#include "core/box.h"
#include "core/page_image.h"
#include "ocr/lines/ink.h"

#include <vector>

namespace pleiade::ocr {

/// Takes the dots and dashes of leaders out of `small` and gives them: many of one size, one as far
/// from the next as all others are. A few full stops after each other are none.
/// @param small Pieces too low for letters, sorted by x0.
/// @param dpi Of the reduced page.
[[nodiscard]] std::vector<Piece> take_leaders(std::vector<Piece>& small, double dpi);

/// The page without its leaders: their dots would be read as letters.
[[nodiscard]] PageImage without(const std::vector<Box>& leaders_px, PageImage grey);

} // namespace pleiade::ocr
