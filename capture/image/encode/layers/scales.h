#pragma once
// A page at the three scales at which it is taken apart: its pixels, pairs of them, and cells.

#include <opencv2/core.hpp>

namespace pleiade::image {

inline constexpr int cell_px = 4;     // chosen: 0.34 mm at 300 dpi, the width of a pen stroke
inline constexpr int block_cells = 4; // chosen: 1.35 mm, the height of small letters
inline constexpr int block_px = cell_px * block_cells;

/// `half` and `cells` reach beyond the page to the next whole block, repeating its edge.
struct Scales {
    cv::Mat full;
    cv::Mat half;  ///< Means of 2 x 2 pixels.
    cv::Mat cells; ///< Means of 4 x 4 pixels.
};

/// @param full 1 or 3 channels; not copied. At least two pixels each way.
[[nodiscard]] Scales scales_of(const cv::Mat& full);

/// The same in grey; shares the pixels of what is grey already.
[[nodiscard]] Scales grey_scales(const Scales& scales);

} // namespace pleiade::image
