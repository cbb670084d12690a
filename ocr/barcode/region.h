#pragma once
// A turned rectangle of a picture, and the upright picture of what is in it.

#include "core/box.h"

#include <opencv2/core.hpp>

namespace pleiade::ocr {

/// Part of a picture, in its pixels. Along `angle_deg` (clockwise from the row, as y points down)
/// lies its width.
struct Region {
    cv::Point2d middle;
    double angle_deg = 0.0;
    double width_px = 0.0;
    double height_px = 0.0;
};

[[nodiscard]] Box box_of(const Region& region);
[[nodiscard]] Region grown(Region region, double width_px, double height_px);

/// The region upright, `scale` pixels for one, and where a point of it lies in the whole picture.
/// What is outside the picture is white, as paper would be.
struct UprightPart {
    cv::Mat grey;
    Region region;
    double scale = 1.0;

    [[nodiscard]] cv::Point2d in_picture(cv::Point2d point) const;
    [[nodiscard]] Box in_picture(const Box& box) const;
};

[[nodiscard]] UprightPart upright_part(const cv::Mat& picture, const Region& region, double scale);

/// By how much the edges inside are turned against rows and columns: -45 to 45 degrees.
/// @param least Of 1, how much the edges must agree; otherwise 0 is given.
[[nodiscard]] double grid_angle_deg(const cv::Mat& grey, double least);

/// The same for parallel bars: direction across them, within 90 degrees of 0.
[[nodiscard]] double across_bars_deg(const cv::Mat& grey);

} // namespace pleiade::ocr
