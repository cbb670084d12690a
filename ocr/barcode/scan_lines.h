#pragma once
// Upright bars as a few clean scan lines: what a laser would see, averaged along the bars.

#include <opencv2/core.hpp>

namespace pleiade::ocr {

/// The mean of every `count`-th part of the picture's height, one row for each: bars stay, dirt and
/// noise go.
[[nodiscard]] cv::Mat averaged_lines(const cv::Mat& upright, int count);

/// The same lines in black and white at twice the width: each place against the darkest and the
/// brightest of its surroundings, so that narrow bars that a blur made grey stay bars.
/// @param reach_px Width of the surroundings, in pixels of the lines given.
[[nodiscard]] cv::Mat black_and_white(const cv::Mat& lines, int reach_px);

/// The lines with a blur of about `blur_px` undone; also noise grows.
[[nodiscard]] cv::Mat sharpened(const cv::Mat& lines, double blur_px);

} // namespace pleiade::ocr
