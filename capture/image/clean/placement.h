#pragma once
// Where the cleaned page is taken from the raw one: quarter turns, skew and crop as one movement.

#include "core/box.h"
#include "core/page_image.h"

#include <opencv2/core.hpp>

namespace pleiade::image {

struct Placement {
    int turned_deg = 0;    ///< The content lies turned clockwise by 0, 90, 180 or 270.
    double skew_deg = 0.0; ///< Corrected; 0 leaves the pixels as they are.
    cv::Size canvas;       ///< Of the upright, deskewed page before cropping, in raw pixels.
    cv::Size upright;      ///< Of the upright page before deskewing, in raw pixels.
    Box crop;              ///< Of the canvas.
};

/// A placement that keeps the whole page. Small skews keep its size, larger ones let it grow so
/// that no corner is lost.
[[nodiscard]] Placement placement_of(cv::Size raw, int turned_deg, double skew_deg);

/// Cuts the scanner's dark background off where it fills the sides of the canvas.
/// @param background Of the raw page at `scale`; see WorkingCopy.
void crop_background(Placement& placement, const cv::Mat& background, double scale);

/// Whether the cleaned page differs from the raw one.
[[nodiscard]] bool is_movement(const Placement& placement);

/// The crop as part of the upright raw page.
[[nodiscard]] Box crop_of_upright(const Placement& placement);

/// The page moved; bitonal pages stay bitonal. Nothing is interpolated when there is no skew.
[[nodiscard]] PageImage placed(PageImage raw, const Placement& placement);

} // namespace pleiade::image
