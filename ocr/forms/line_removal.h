#pragma once
// Morphology on masks of ink: what is a printed line and how it is taken out. Private to ocr/forms.

#include <opencv2/core.hpp>

namespace pleiade::ocr {

/// Value below which `share` of the pixels lie.
[[nodiscard]] int level_at(const cv::Mat& grey, double share);

/// Stretches of the mask that hold a rectangle of this size.
[[nodiscard]] cv::Mat opened(const cv::Mat& mask, int width, int height);

/// Clears lines out of the ink, but leaves a stroke that goes through a horizontal one.
void clear_lines(cv::Mat& ink, const cv::Mat& lines);

} // namespace pleiade::ocr
