#pragma once
// What the outline of the sheet tells where the scanner's dark background shows it: a corner folded
// or torn off, two sheets fed at once, a sheet too short or too long. A light background hides it.

#include "capture/image/clean/working_copy.h"

namespace pleiade::image {

struct SheetOutline {
    double width_mm =
        0.0; ///< Of the sheet, however skewed; of the picture where nothing else is seen.
    double height_mm = 0.0;
    int corners_missing = 0;
    bool of_two_sheets = false; ///< Steps in the outline, as two sheets leave that lie askew.
};

[[nodiscard]] SheetOutline outline_of(const WorkingCopy& copy);

} // namespace pleiade::image
