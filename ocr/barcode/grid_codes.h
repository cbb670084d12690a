#pragma once
// Reads the two-dimensional code that a part of a picture is suspected to hold.

#include "core/mark.h"
#include "ocr/barcode/texture.h"

#include <opencv2/core.hpp>

#include <vector>

namespace pleiade::ocr {

/// The part is tried as it is, then enlarged, turned upright, smoothed and inverted, until
/// something is read. What is read verified itself (Reed-Solomon in all these symbologies).
[[nodiscard]] std::vector<Mark> grid_codes(const cv::Mat& picture, const Suspect& suspect, int dpi);

} // namespace pleiade::ocr
