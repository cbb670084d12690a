#pragma once
// The guard: where a page taken apart would not look like the page.

#include "capture/image/encode/layers/inks.h"
#include "capture/image/encode/layers/scales.h"

#include <opencv2/core.hpp>

namespace pleiade::image {

/// The page as it would be painted, and what it was made from.
struct TakenApart {
    const Scales& page;
    const cv::Mat& coverage;
    const cv::Mat& near;   ///< As near_ink() gives it.
    const cv::Mat& ground; ///< As a viewer will see it, after packing; one value a cell.
    const InkMap& inks;
};

/// One value for each block: 255 where something would be lost, else 0.
[[nodiscard]] cv::Mat lost_detail(const TakenApart& parts);

} // namespace pleiade::image
