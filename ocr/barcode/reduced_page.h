#pragma once
// The page at a tenth of its pixels, on which what is large or only suspected is looked for.

#include "core/box.h"

#include <opencv2/core.hpp>

namespace pleiade::ocr {

struct ReducedPage {
    cv::Mat grey;
    double scale = 1.0; ///< Reduced pixels for one pixel of the page.
    int dpi = 100;      ///< 100, or a little off: whole pixels of the page make one.

    /// From reduced pixels to those of the page.
    [[nodiscard]] Box on_page(const Box& reduced) const {
        const auto back = [&](int value) { return static_cast<int>(value / scale); };
        return {back(reduced.x0), back(reduced.y0), back(reduced.x1), back(reduced.y1)};
    }
};

[[nodiscard]] ReducedPage reduced(const cv::Mat& page, int dpi);

} // namespace pleiade::ocr
