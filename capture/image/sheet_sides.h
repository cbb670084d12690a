#pragma once
// The two sides of one sheet: whether all that is seen on the back is the front shining through.

#include "core/page_image.h"

namespace pleiade::image {

/// One side of a sheet, upright or not, as large or small as it was kept.
struct SheetSide {
    PageImage picture;
    double width_mm = 0.0; ///< Of the picture on paper; 0 = as its dpi says.
};

/// True when the mirrored front, paler, explains the ink of the back, and what it does not explain
/// says no more than a blank side does. Whether the two sides are one sheet is part of the
/// question: nothing but a back looks like its mirrored front.
///
/// The sides may lie turned by quarter turns, skewed by up to 10 degrees and shifted by up to 16 mm
/// against each other. Best asked of backs that are not blank by themselves; a heuristic that
/// rather calls bleed-through writing than writing bleed-through.
/// @throws std::logic_error when a picture has no pixels.
[[nodiscard]] bool only_shines_through(const SheetSide& front, const SheetSide& back);

} // namespace pleiade::image
