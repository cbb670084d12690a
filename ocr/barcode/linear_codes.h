#pragma once
// Reads the linear codes of a region of parallel bars.

#include "core/mark.h"
#include "ocr/barcode/region.h"

#include <opencv2/core.hpp>

#include <vector>

namespace pleiade::ocr {

/// Codes that enough independent parts of their height agree on: two where the symbology verifies
/// itself, three and a quarter of the height where it does not. What contradicts something as well
/// supported is left out: a wrong number is worse than none.
[[nodiscard]] std::vector<Mark> linear_codes(const cv::Mat& picture, const Region& region, int dpi);

} // namespace pleiade::ocr
