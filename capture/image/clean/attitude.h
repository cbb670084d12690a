#pragma once
// How a page lies: which way is up, and how far its lines are from level.

#include "capture/image/clean/blobs.h"
#include "capture/image/clean/text_direction.h"
#include "capture/image/clean/working_copy.h"

namespace pleiade::image {

struct Attitude {
    int turned_deg = 0; ///< Clockwise; an unsure page that stands counts as upright.
    double turn_confidence = 0.0;
    double skew_deg = 0.0; ///< 0 when unsure.
    double skew_confidence = 0.0;
};

/// @param ink, blobs Of the copy.
[[nodiscard]] Attitude attitude_of(
    const WorkingCopy& copy, const Blobs& blobs, const cv::Mat& ink, TextDirection& direction
);

} // namespace pleiade::image
