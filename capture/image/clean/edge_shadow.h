#pragma once
// Shadows along the edges of a page, as feeders and curled sheets leave them; in black and white
// they are grains that thin out inwards.

#include "capture/image/clean/working_copy.h"

#include <opencv2/core.hpp>

namespace pleiade::image {

inline constexpr double deepest_shadow_mm = 40.0; // measured: the samples' reach 30

/// 255 where a shadow that comes in from an edge hides the paper; writing clearly darker than the
/// shadow around it stays out of the mask. Empty when there is no shadow.
[[nodiscard]] cv::Mat edge_shadow_of(const WorkingCopy& copy);

} // namespace pleiade::image
