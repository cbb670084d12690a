#pragma once
// Print too pale to count as ink: carbon copies, worn ribbons, thermal paper.

#include "capture/image/clean/working_copy.h"

#include <opencv2/core.hpp>

namespace pleiade::image {

/// 255 on pale letters, 0 elsewhere; empty when there are too few to be text. What shines through
/// from the other side is as pale, but soft: light is scattered in the paper.
[[nodiscard]] cv::Mat faint_print_of(const WorkingCopy& copy);

} // namespace pleiade::image
