#include "capture/image/clean/alignment.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace pleiade::image {
namespace {

/// From the middle of the target: turned clockwise, then shifted.
struct Movement {
    double turned_deg = 0.0;
    double right_mm = 0.0;
    double down_mm = 0.0;
    double likeness = -1.0;
};

struct Grid {
    cv::Mat ink;
    cv::Mat target;
    double px_per_mm = 1.0;
};

Grid reduced(const cv::Mat& ink, const cv::Mat& target, double from_px_per_mm, double px_per_mm) {
    Grid grid;
    grid.px_per_mm = px_per_mm;
    const double factor = px_per_mm / from_px_per_mm;
    cv::resize(ink, grid.ink, {}, factor, factor, cv::INTER_AREA);
    cv::resize(target, grid.target, {}, factor, factor, cv::INTER_AREA);
    return grid;
}

/// The ink on a canvas that is `margin_px` larger than the target on every side.
cv::Mat laid(const Grid& grid, const Movement& movement, int margin_px) {
    const cv::Size size(grid.target.cols + 2 * margin_px, grid.target.rows + 2 * margin_px);
    cv::Mat matrix = cv::getRotationMatrix2D(
        {static_cast<float>(grid.ink.cols - 1) / 2.0F,
         static_cast<float>(grid.ink.rows - 1) / 2.0F},
        -movement.turned_deg,
        1.0
    );
    matrix.at<double>(0, 2) +=
        (size.width - grid.ink.cols) / 2.0 + movement.right_mm * grid.px_per_mm;
    matrix.at<double>(1, 2) +=
        (size.height - grid.ink.rows) / 2.0 + movement.down_mm * grid.px_per_mm;
    cv::Mat canvas;
    cv::warpAffine(
        grid.ink, canvas, matrix, size, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(0)
    );
    return canvas;
}

/// The best shift for a turn, up to `reach_px` from where `start` lies.
Movement best_shift(const Grid& grid, const Movement& start, int reach_px) {
    cv::Mat likeness;
    cv::matchTemplate(laid(grid, start, reach_px), grid.target, likeness, cv::TM_CCOEFF_NORMED);
    cv::patchNaNs(likeness, -1.0);
    double best = -1.0;
    cv::Point at;
    cv::minMaxLoc(likeness, nullptr, &best, nullptr, &at);
    // The window moves over the canvas: the ink must move the other way.
    return {
        start.turned_deg,
        start.right_mm - (at.x - reach_px) / grid.px_per_mm,
        start.down_mm - (at.y - reach_px) / grid.px_per_mm,
        std::clamp(best, -1.0, 1.0)};
}

struct Turns {
    double reach = 0.0; ///< Degrees to both sides.
    double step = 1.0;
};

Movement best_around(const Grid& grid, const Movement& start, const Turns& turns, int reach_px) {
    Movement best = start;
    best.likeness = -1.0;
    const int steps = cvRound(turns.reach / turns.step);
    for (int step = -steps; step <= steps; ++step) {
        Movement turned = start;
        turned.turned_deg += step * turns.step;
        const Movement found = best_shift(grid, turned, reach_px);
        if (found.likeness > best.likeness) {
            best = found;
        }
    }
    return best;
}

/// Whether a quarter turn keeps the shape of the sheet as it should be.
bool fits(const cv::Size& ink, const cv::Size& target, bool on_its_side) {
    constexpr double most_difference = 0.2; // chosen: borders cut off on one side only
    const double width = on_its_side ? ink.height : ink.width;
    const double height = on_its_side ? ink.width : ink.height;
    return std::abs(width - target.width) <= most_difference * target.width &&
           std::abs(height - target.height) <= most_difference * target.height;
}

} // namespace

Alignment align(const cv::Mat& ink, const cv::Mat& target, double px_per_mm) {
    constexpr double coarse_px_per_mm = 0.5;
    constexpr double fine_px_per_mm = 1.0;
    constexpr double finest_px_per_mm = 2.0;
    constexpr double most_skew_deg = 10.0; // chosen: each side was straightened or lies within 5
    constexpr int coarse_reach_px = 8;     // chosen: 16 mm, a dark border cut off on one side only
    const Grid coarse = reduced(ink, target, px_per_mm, coarse_px_per_mm);
    Movement best;
    for (const int turned_deg : {0, 90, 180, 270}) {
        if (!fits(coarse.ink.size(), coarse.target.size(), turned_deg % 180 == 90)) {
            continue;
        }
        const Movement found = best_around(
            coarse,
            {.turned_deg = static_cast<double>(turned_deg)},
            {.reach = most_skew_deg, .step = 1.0},
            coarse_reach_px
        );
        if (found.likeness > best.likeness) {
            best = found;
        }
    }
    constexpr double hopeless = 0.15; // chosen: what fits is at 0.4 and above when seen closely
    if (best.likeness < hopeless) {
        return {laid({ink, target, px_per_mm}, best, 0), best.likeness};
    }
    constexpr int near_px = 3;
    best = best_around(
        reduced(ink, target, px_per_mm, fine_px_per_mm), best, {.reach = 1.0, .step = 0.25}, near_px
    );
    best = best_around(
        reduced(ink, target, px_per_mm, finest_px_per_mm),
        best,
        {.reach = 0.2, .step = 0.1},
        near_px
    );
    const Grid full{ink, target, px_per_mm};
    return {laid(full, best, 0), best.likeness};
}

} // namespace pleiade::image
