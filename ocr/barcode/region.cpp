#include "ocr/barcode/region.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <numbers>

namespace pleiade::ocr {
namespace {

constexpr double half_circle_deg = 180.0;

double radians(double degrees) {
    return degrees * std::numbers::pi / half_circle_deg;
}

double degrees(double angle) {
    return angle * half_circle_deg / std::numbers::pi;
}

cv::Point2d turned(cv::Point2d point, double angle_deg) {
    const double cosine = std::cos(radians(angle_deg));
    const double sine = std::sin(radians(angle_deg));
    return {point.x * cosine - point.y * sine, point.x * sine + point.y * cosine};
}

/// Mean of the steps as numbers whose angle is `folds` times theirs, and of their strength.
struct Steps {
    std::complex<double> direction;
    double strength = 0.0;
};

Steps steps_of(const cv::Mat& grey, int folds) {
    Steps steps;
    for (int y = 1; y + 1 < grey.rows; ++y) {
        const uchar* above = grey.ptr(y - 1);
        const uchar* here = grey.ptr(y);
        const uchar* below = grey.ptr(y + 1);
        for (int x = 1; x + 1 < grey.cols; ++x) {
            const std::complex<double> step(here[x + 1] - here[x - 1], below[x] - above[x]);
            const double square = std::norm(step);
            if (square < 1.0) {
                continue;
            }
            const std::complex<double> twice = step * step;
            steps.direction += folds == 2 ? twice : twice * twice / square;
            steps.strength += square;
        }
    }
    return steps;
}

constexpr double white = 255.0;

/// Whole pixels, nothing interpolated.
UprightPart cut_out(const cv::Mat& picture, const Box& box) {
    UprightPart part;
    part.region.middle = {(box.x0 + box.x1) / 2.0, (box.y0 + box.y1) / 2.0};
    part.region.width_px = box.width();
    part.region.height_px = box.height();
    part.grey = cv::Mat(box.height(), box.width(), CV_8UC1, cv::Scalar(white));
    const Box inside = intersection(box, {0, 0, picture.cols, picture.rows});
    if (!inside.empty()) {
        const cv::Rect from(inside.x0, inside.y0, inside.width(), inside.height());
        picture(from).copyTo(part.grey(from - cv::Point(box.x0, box.y0)));
    }
    return part;
}

} // namespace

Box box_of(const Region& region) {
    const cv::Point2d across = turned({region.width_px / 2.0, 0.0}, region.angle_deg);
    const cv::Point2d along = turned({0.0, region.height_px / 2.0}, region.angle_deg);
    const double x = std::abs(across.x) + std::abs(along.x);
    const double y = std::abs(across.y) + std::abs(along.y);
    return {
        static_cast<int>(std::floor(region.middle.x - x)),
        static_cast<int>(std::floor(region.middle.y - y)),
        static_cast<int>(std::ceil(region.middle.x + x)),
        static_cast<int>(std::ceil(region.middle.y + y))};
}

Region grown(Region region, double width_px, double height_px) {
    region.width_px += width_px;
    region.height_px += height_px;
    return region;
}

cv::Point2d UprightPart::in_picture(cv::Point2d point) const {
    const cv::Point2d from_middle(
        point.x / scale - region.width_px / 2.0, point.y / scale - region.height_px / 2.0
    );
    return region.middle + turned(from_middle, region.angle_deg);
}

Box UprightPart::in_picture(const Box& box) const {
    const std::array<cv::Point2d, 4> corners{
        in_picture(cv::Point2d(box.x0, box.y0)),
        in_picture(cv::Point2d(box.x1, box.y0)),
        in_picture(cv::Point2d(box.x1, box.y1)),
        in_picture(cv::Point2d(box.x0, box.y1))};
    const auto [left, right] =
        std::minmax_element(corners.begin(), corners.end(), [](const auto& a, const auto& b) {
            return a.x < b.x;
        });
    const auto [top, bottom] =
        std::minmax_element(corners.begin(), corners.end(), [](const auto& a, const auto& b) {
            return a.y < b.y;
        });
    return {
        static_cast<int>(std::lround(left->x)),
        static_cast<int>(std::lround(top->y)),
        static_cast<int>(std::lround(right->x)),
        static_cast<int>(std::lround(bottom->y))};
}

UprightPart upright_part(const cv::Mat& picture, const Region& region, double scale) {
    if (region.angle_deg == 0.0 && scale == 1.0) {
        return cut_out(picture, box_of(region));
    }
    UprightPart part{{}, region, scale};
    const cv::Size size(
        std::max(1, static_cast<int>(std::ceil(region.width_px * scale))),
        std::max(1, static_cast<int>(std::ceil(region.height_px * scale)))
    );
    // Pixels are squares, the warp thinks them points: their middles must fall onto each other.
    constexpr double middle = 0.5;
    const cv::Point2d first =
        part.in_picture(cv::Point2d(middle, middle)) - cv::Point2d(middle, middle);
    const cv::Point2d right = turned({1.0 / scale, 0.0}, region.angle_deg);
    const cv::Point2d down = turned({0.0, 1.0 / scale}, region.angle_deg);
    const cv::Matx23d from(right.x, down.x, first.x, right.y, down.y, first.y);
    cv::warpAffine(
        picture,
        part.grey,
        from,
        size,
        cv::INTER_CUBIC | cv::WARP_INVERSE_MAP,
        cv::BORDER_CONSTANT,
        cv::Scalar(white)
    );
    return part;
}

double grid_angle_deg(const cv::Mat& grey, double least) {
    constexpr int folds = 4;
    constexpr double stairs_px = 1.2; // chosen: bitonal scans of slanted edges are stairs
    cv::Mat smooth;
    cv::GaussianBlur(grey, smooth, {}, stairs_px);
    const Steps steps = steps_of(smooth, folds);
    if (steps.strength <= 0.0 || std::abs(steps.direction) < least * steps.strength) {
        return 0.0;
    }
    return degrees(std::arg(steps.direction)) / folds;
}

double across_bars_deg(const cv::Mat& grey) {
    constexpr int folds = 2;
    return degrees(std::arg(steps_of(grey, folds).direction)) / folds;
}

} // namespace pleiade::ocr
