#pragma once
// How strongly and in which direction a picture changes, cell by cell: what bars and modules look
// like before anybody reads them.
//
// Source: J. Bigün, G. H. Granlund, "Optimal orientation detection of linear symmetry", 1987 (the
// structure tensor).

#include "core/units.h"

#include <opencv2/core.hpp>

namespace pleiade::ocr {

/// Means over the pixels of each cell. The steps are between the neighbours of a pixel, in quarters
/// of a grey value: a sharp edge between black and white gives 63.
struct GradientMap {
    int cell_px = 8;
    cv::Mat along_x;    ///< CV_32F, squares of the steps along rows.
    cv::Mat along_y;    ///< CV_32F, squares of the steps along columns.
    cv::Mat crossed;    ///< CV_32F, their products.
    double noise = 0.0; ///< along_x + along_y of a cell of mere paper.

    [[nodiscard]] cv::Size cells() const { return along_x.size(); }
};

// chosen: the smallest DataMatrix in use is four cells wide, a line of text three high
inline constexpr Millimetres cell_side{0.7};

[[nodiscard]] GradientMap gradient_map(const cv::Mat& grey, int dpi);

} // namespace pleiade::ocr
