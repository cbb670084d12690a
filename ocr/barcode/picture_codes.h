#pragma once
// Reads the codes of a small picture without looking for their places first.

#include "core/mark.h"

#include <opencv2/core.hpp>

#include <vector>

namespace pleiade::ocr {

/// Everything that is read on the picture as it is and reduced; when that is nothing, what is read
/// on other preparations of it. Costs as much as the picture is large, several times.
[[nodiscard]] std::vector<Mark> codes_of_picture(const cv::Mat& picture, int dpi);

} // namespace pleiade::ocr
