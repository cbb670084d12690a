#pragma once
// The small copy of a page on which everything is decided, and the ink on it.

#include "core/page_image.h"
#include "core/units.h"

#include <opencv2/core.hpp>

namespace pleiade::image {

/// A reduced grey page, evened out.
struct WorkingCopy {
    cv::Mat grey;       ///< CV_8U, about 150 dpi.
    cv::Mat background; ///< CV_8U, 255 where the scanner's dark background was seen, not the sheet.
    cv::Mat contrast;   ///< CV_8U, 0 on paper to 255 on black ink, relative to the paper around;
                        ///< 0 on background.
    double scale = 1.0; ///< Working pixels per raw pixel, at most 1.
    double dpi = 150.0; ///< Of the working copy.
    int paper = 255;    ///< Grey level of the paper.

    [[nodiscard]] double mm(double pixels) const { return pixels * mm_per_inch / dpi; }
    [[nodiscard]] int px(double millimetres) const {
        return cvRound(millimetres * dpi / mm_per_inch);
    }
};

/// @param grey One channel.
[[nodiscard]] WorkingCopy working_copy(const PageImage& grey);

/// 255 where there is print or writing, 0 elsewhere; bleed-through and stains are no ink.
[[nodiscard]] cv::Mat ink_of(const WorkingCopy& copy);

} // namespace pleiade::image
