#pragma once
// The one place that talks to ZXing-C++: symbols in a grey picture, as values.

#include "core/mark.h"

#include <opencv2/core.hpp>

#include <array>
#include <vector>

namespace pleiade::ocr {

/// A decoded symbol where the decoder saw it, in pixels of the picture given.
struct Symbol {
    Mark mark;                        ///< box_px covers the corners.
    std::array<cv::Point, 4> corners; ///< Top left, top right, bottom right, bottom left as read.
    int lines = 0;                    ///< Of a linear symbol: the rows that said the same.
};

/// What is black.
enum class Threshold {
    Local,  ///< What is darker than its surroundings; along a row: than most of the row.
    Global, ///< What is on the dark side of the picture's histogram.
    Middle, ///< What is below 128.
};

/// The two-dimensional symbols of a picture. QR and PDF417 are found anywhere, DataMatrix and Aztec
/// only when they hold the middle of the picture; PDF417 in four directions only.
///
/// A PDF417 on a noisy picture may come twice, once turned by 180 degrees to where it is not.
[[nodiscard]] std::vector<Symbol>
two_dimensional_symbols(const cv::Mat& grey, Threshold threshold = Threshold::Local);

/// QR codes alone, wherever they are.
[[nodiscard]] std::vector<Symbol> qr_symbols(const cv::Mat& grey);

/// The linear symbols of a picture whose rows are scan lines, those that two rows agree on. Where
/// symbols overlap, the one that more rows say. The corners cover only the rows that were read.
[[nodiscard]] std::vector<Symbol> linear_symbols(const cv::Mat& lines, Threshold threshold);

/// A symbol of the DataBar family, perhaps put together from several rows. Nothing agrees on it
/// yet.
[[nodiscard]] std::vector<Symbol> data_bar_symbols(const cv::Mat& lines, Threshold threshold);

/// Whether the symbology verifies so much that two equal scan lines are enough: Code 128, Code 93
/// and the DataBar family. ITF, Codabar and Code 39 verify nothing; of EAN and UPC one wrong number
/// in ten passes.
[[nodiscard]] bool strongly_checked(const Mark& mark);

} // namespace pleiade::ocr
