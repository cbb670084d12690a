#pragma once
// Marked blocks of a page as a few rectangles.

#include "core/box.h"

#include <opencv2/core.hpp>

#include <vector>

namespace pleiade::image {

/// Rectangles in blocks that hold every marked block and a margin of one; at most `most`, none of
/// them overlapping another.
/// @param marked 255 or 0 for each block.
[[nodiscard]] std::vector<Box> patches_of(const cv::Mat& marked, std::size_t most);

} // namespace pleiade::image
