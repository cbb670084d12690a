#pragma once
// What lies under the ink of a page, at low resolution.

#include "capture/image/encode/layers/scales.h"

#include <opencv2/core.hpp>

namespace pleiade::image {

/// Where a pair of pixels is ink or touches it, 255, else 0.
[[nodiscard]] cv::Mat near_ink(const cv::Mat& coverage);

/// `half` without its ink: what is ink or near it is painted over with what stands around it.
[[nodiscard]] cv::Mat without_ink(const cv::Mat& half, const cv::Mat& near);

} // namespace pleiade::image
