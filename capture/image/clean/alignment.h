#pragma once
// How one picture of ink lies upon another.

#include <opencv2/core.hpp>

namespace pleiade::image {

struct Alignment {
    cv::Mat moved;          ///< The first picture laid upon the second, of the second's size.
    double likeness = -1.0; ///< Correlation of the two, -1 to 1.
};

/// Turns and shifts `ink` until it looks most like `target`, both at `px_per_mm`. From coarse to
/// fine: quarter turns that fit the shape, then skews up to 10 degrees and shifts up to 16 mm.
[[nodiscard]] Alignment align(const cv::Mat& ink, const cv::Mat& target, double px_per_mm);

} // namespace pleiade::image
