#pragma once
// Whether lines of Latin text stand on their feet or on their head.

#include <opencv2/core.hpp>

namespace pleiade::image {

/// -1 (surely upside down) to 1 (surely upright); near 0 when the page does not say: capitals and
/// figures only, few letters, pictures.
/// @param letters CV_8U, 255 on letters, lines level to a degree or two, about 150 dpi.
[[nodiscard]] double uprightness(const cv::Mat& letters);

} // namespace pleiade::image
