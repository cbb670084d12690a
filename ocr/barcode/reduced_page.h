#pragma once
// The page at a tenth of its pixels, on which what is large or only suspected is looked for.

#include "core/box.h"
#include "core/units.h"

#include <opencv2/core.hpp>

namespace pleiade::ocr {

// chosen: the narrow bar of a patch code is 8 pixels, a module of a small DataMatrix 1.3
inline constexpr Dpi reduced_resolution{100.0};

struct ReducedPage {
    cv::Mat grey;
    double scale = 1.0; ///< Reduced pixels for one pixel of the page.

    /// From reduced pixels to those of the page.
    [[nodiscard]] Box on_page(const Box& reduced) const {
        const auto back = [&](int value) { return static_cast<int>(value / scale); };
        return {back(reduced.x0), back(reduced.y0), back(reduced.x1), back(reduced.y1)};
    }
};

[[nodiscard]] ReducedPage reduced(const cv::Mat& page, int dpi);

} // namespace pleiade::ocr
