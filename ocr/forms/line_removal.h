#pragma once
// Morphology on masks of ink: what is a printed line and how it is taken out. Private to ocr/forms.

#include "core/page_image.h"

#include <opencv2/core.hpp>

namespace pleiade::ocr {

inline constexpr int faintest_ink = 40; // chosen: grey levels between paper and ink

/// A one-channel page as OpenCV sees it, without a copy; valid as long as the page is, not to be
/// written to.
[[nodiscard]] cv::Mat view_of(const PageImage& page);

/// Value below which `share` of the pixels lie.
[[nodiscard]] int level_at(const cv::Mat& grey, double share);

/// Stretches of the mask that hold a rectangle of this size.
[[nodiscard]] cv::Mat opened(const cv::Mat& mask, int width, int height);

/// Clears lines out of the ink, but leaves a stroke that goes through a horizontal one.
void clear_lines(cv::Mat& ink, const cv::Mat& lines);

} // namespace pleiade::ocr
