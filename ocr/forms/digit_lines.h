#pragma once
// Lines on which digits stand apart, whatever the cells around them look like: found by their ink.

#include "core/box.h"
#include "core/page_image.h"

#include <vector>

namespace pleiade::ocr {

/// A line on which digits of one height seem to stand.
struct DigitLine {
    double x0_px = 0.0; ///< Where to begin to look ...
    double x1_px = 0.0; ///< ... and where to end.
    double y_px = 0.0;  ///< Height of the middle of the digits at x0_px.
    double slope = 0.0;
    double height_px = 0.0; ///< Of a digit.

    /// Height of the middle of the digits at x.
    [[nodiscard]] double y_at(double x) const { return y_px + slope * (x - x0_px); }
};

/// Lines in a place, the one with the broadest ink of like height first; three at most.
[[nodiscard]] std::vector<DigitLine> digit_lines(const PageImage& grey, const Box& place_px);

/// Lines of at least eight characters set farther apart than those of words, anywhere on the page;
/// the longest first. A heuristic: capitals of a title set wide are found as well.
[[nodiscard]] std::vector<DigitLine> spaced_lines(const PageImage& grey);

} // namespace pleiade::ocr
