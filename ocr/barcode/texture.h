#pragma once
// Where a page looks as if a two-dimensional code stood there: edges close together in both
// directions over a whole patch of paper, which neither text nor tables have.
//
// A heuristic: bold headings, stamps, screened pictures and dark logos are suspected too (it costs
// some milliseconds each); codes smaller than 3 mm are not.

#include "core/box.h"
#include "ocr/barcode/gradient_map.h"

#include <vector>

namespace pleiade::ocr {

struct Suspect {
    Box box;                  ///< In pixels of the picture.
    double black_share = 0.5; ///< Of its pixels.
    bool square = false;      ///< With rows and columns alike: QR, DataMatrix, Aztec.
};

/// Square ones first, of them the largest.
[[nodiscard]] std::vector<Suspect> suspected_codes(const cv::Mat& picture, const GradientMap& map);

} // namespace pleiade::ocr
