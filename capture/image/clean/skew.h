#pragma once
// How far the lines of a page are from level, and whether they run across or down the page.

#include <opencv2/core.hpp>

namespace pleiade::image {

struct LineDirection {
    bool downwards = false;       ///< Lines run along the height: the page lies on its side.
    double side_confidence = 0.0; ///< 0 to 1, of `downwards` being right.
    double skew_deg = 0.0; ///< Lines descend clockwise (+) by this, once the page is off its side
                           ///< by a quarter turn counter-clockwise.
    double skew_confidence = 0.0; ///< 0 to 1.
};

/// @param ink CV_8U, 255 on ink; see ink_of().
[[nodiscard]] LineDirection line_direction(const cv::Mat& ink);

} // namespace pleiade::image
