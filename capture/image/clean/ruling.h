#pragma once
// The lines of writing paper.

#include "capture/image/clean/working_copy.h"

#include <opencv2/core.hpp>

namespace pleiade::image {

/// 255 on the lines that writing paper has from edge to edge at a regular pitch, in one direction
/// or both; what is written across them stays 0. Empty when the page is not ruled so: tables and
/// forms keep clear of the edges.
[[nodiscard]] cv::Mat ruling_of(const WorkingCopy& copy);

} // namespace pleiade::image
