#pragma once
// The one place that talks to ZXing-C++: symbols in a grey picture, as values.

#include "core/mark.h"

#include <opencv2/core.hpp>

#include <array>
#include <optional>
#include <vector>

namespace pleiade::ocr {

/// A decoded symbol where the decoder saw it, in pixels of the picture given.
struct Symbol {
    Mark mark;                        ///< box_px covers the corners.
    std::array<cv::Point, 4> corners; ///< Top left, top right, bottom right, bottom left as read.
};

/// The two-dimensional symbols of a picture. QR and PDF417 are found anywhere, DataMatrix and Aztec
/// only when they hold the middle of the picture.
///
/// A PDF417 on a noisy picture may come twice, once turned by 180 degrees to where it is not.
[[nodiscard]] std::vector<Symbol> two_dimensional_symbols(const cv::Mat& grey);

/// One linear symbol, or nothing. For all of them: hide what was found and ask again, because
/// ZXing-C++ 1.4 as Debian builds it stops the process on some pictures when asked for several
/// (assertion lineCount() == 1 in Result.cpp).
///
/// The corners cover only the scan lines that were read: see grown_along_bars().
[[nodiscard]] std::optional<Symbol> one_linear_symbol(const cv::Mat& grey);

} // namespace pleiade::ocr
