#pragma once
// The few colours in which the ink of a page can be painted: black print, blue pen, red stamp.

#include "core/layered_picture.h"

#include <opencv2/core.hpp>

#include <vector>

namespace pleiade::image {

inline constexpr std::uint8_t no_ink = 255;

struct InkMap {
    std::vector<Ink> inks; ///< The palest first, as they are painted.
    cv::Mat index;         ///< For each cell the number of its ink, or no_ink.
};

/// @param half The page at half size, 1 or 3 channels.
/// @param coverage As coverage_of() gives it.
/// @param ground As without_ink() gives it.
[[nodiscard]] InkMap inks_of(const cv::Mat& half, const cv::Mat& coverage, const cv::Mat& ground);

} // namespace pleiade::image
