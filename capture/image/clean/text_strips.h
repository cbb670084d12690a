#pragma once
// Pieces of what looks like lines of text, cut out level and all of one size, so that each can be
// asked whether it stands on its feet.

#include "capture/image/clean/blobs.h"
#include "capture/image/clean/working_copy.h"

#include <opencv2/core.hpp>

#include <cstddef>
#include <vector>

namespace pleiade::image {

/// One of the directions in which a page may be read; which end is up is not said.
struct Reading {
    bool downwards = false; ///< Lines run along the height: the page lies on its side.
    double skew_deg = 0.0;  ///< See LineDirection.
};

inline constexpr int strip_width_px = 128; ///< About ten letters.
inline constexpr int strip_height_px = 32;

/// CV_8U, 0 on paper to 255 on ink, the usual letter of the line about 12 pixels high and in the
/// middle. Those likeliest to be text first; from all over the page.
/// @param most How many strips to cut out at most.
[[nodiscard]] std::vector<cv::Mat>
text_strips(const WorkingCopy& copy, const Blobs& blobs, const Reading& reading, std::size_t most);

} // namespace pleiade::image
