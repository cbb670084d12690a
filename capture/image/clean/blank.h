#pragma once
// Whether a page side says anything.

#include "capture/image/clean/blobs.h"
#include "capture/image/clean/working_copy.h"

#include <opencv2/core.hpp>

namespace pleiade::image {

inline constexpr double dust_mm = 1.0; // measured: the x of 7 pt print is 1.2 high

/// True when there are only punch and staple holes, staples, dust, streaks, folds and shadows.
/// Bleed-through is no ink to begin with. One short typed line, a stamp, a signature or a barcode
/// is something. A heuristic that rather calls a dirty page written than a written page blank; it
/// fails on a single isolated letter and on pencil too faint to be ink.
/// @param speck_mm Marks smaller than this are dust.
[[nodiscard]] bool is_blank(const WorkingCopy& copy, const Blobs& blobs, double speck_mm = dust_mm);

/// 255 on punch holes, streaks and the shadows of edges, 0 elsewhere; also of a straightened page.
[[nodiscard]] cv::Mat dirt_of(const WorkingCopy& copy, const Blobs& blobs);

} // namespace pleiade::image
