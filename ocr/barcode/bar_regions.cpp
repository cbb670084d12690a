#include "ocr/barcode/bar_regions.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace pleiade::ocr {
namespace {

constexpr double least_parallel =
    0.55;                              // measured: bars of two blurred pixels 0.7, text 0.1 to 0.45
constexpr double least_change = 20.0;  // chosen: bars of 25 grey values of contrast
constexpr double above_noise = 1.5;    // chosen
constexpr double most_bend_deg = 20.0; // chosen: between neighbouring cells
constexpr int least_width = 9;         // chosen: cells; EAN-8 with modules of 0.17 mm is 11 mm wide
constexpr int least_height = 2;        // chosen: cells; half of the lowest code that is believed
constexpr double least_filling = 0.35; // chosen: a slanted code with a pen stroke keeps half
constexpr std::size_t most_regions = 24; // chosen: bounds the cost on hatchings and photographs

/// Cells in which everything runs one way, and which way.
struct ParallelCells {
    cv::Mat mask;    ///< CV_8U; 0 once a cell is taken.
    cv::Mat angle;   ///< CV_32F, across the bars, degrees in -90 to 90.
    cv::Mat along_x; ///< Smoothed, see GradientMap.
    cv::Mat along_y;
    cv::Mat crossed;
};

double axis_difference_deg(double a, double b) {
    constexpr double half = 180.0;
    const double difference = std::abs(a - b);
    return std::min(difference, half - difference);
}

double axis_of(double xx, double yy, double xy) {
    return 0.5 * std::atan2(2.0 * xy, xx - yy) * 180.0 / std::numbers::pi;
}

ParallelCells parallel_cells(const GradientMap& map) {
    constexpr int window = 3;
    ParallelCells cells;
    cv::blur(map.along_x, cells.along_x, {window, window});
    cv::blur(map.along_y, cells.along_y, {window, window});
    cv::blur(map.crossed, cells.crossed, {window, window});
    cells.mask.create(map.cells(), CV_8UC1);
    cells.angle.create(map.cells(), CV_32FC1);
    const double floor = least_change + above_noise * map.noise;
    for (int y = 0; y < cells.mask.rows; ++y) {
        for (int x = 0; x < cells.mask.cols; ++x) {
            const double xx = cells.along_x.at<float>(y, x);
            const double yy = cells.along_y.at<float>(y, x);
            const double xy = cells.crossed.at<float>(y, x);
            const double change = xx + yy;
            const bool bars = change > floor &&
                              std::hypot(xx - yy, 2.0 * xy) > least_parallel * (change - map.noise);
            cells.mask.at<uchar>(y, x) = bars ? 1 : 0;
            cells.angle.at<float>(y, x) = bars ? static_cast<float>(axis_of(xx, yy, xy)) : 0.0F;
        }
    }
    return cells;
}

/// Cells that touch and run the same way; they are taken out of the mask.
std::vector<cv::Point> taken_group(ParallelCells& cells, cv::Point seed) {
    std::vector<cv::Point> group{seed};
    cells.mask.at<uchar>(seed) = 0;
    const cv::Rect all(0, 0, cells.mask.cols, cells.mask.rows);
    constexpr int reach = 2; // chosen: over the widest space between the bars of a code
    constexpr int around = 2 * reach + 1;
    for (std::size_t next = 0; next < group.size(); ++next) {
        const cv::Point cell = group[next];
        for (int i = 0; i < around * around; ++i) {
            const cv::Point other = cell + cv::Point(i % around - reach, i / around - reach);
            if (all.contains(other) && cells.mask.at<uchar>(other) != 0 &&
                axis_difference_deg(cells.angle.at<float>(cell), cells.angle.at<float>(other)) <
                    most_bend_deg) {
                cells.mask.at<uchar>(other) = 0;
                group.push_back(other);
            }
        }
    }
    return group;
}

/// The rectangle along the common direction of the cells that covers them.
Region region_of(const std::vector<cv::Point>& group, const ParallelCells& cells, int cell_px) {
    double xx = 0.0;
    double yy = 0.0;
    double xy = 0.0;
    for (const cv::Point& cell : group) {
        xx += cells.along_x.at<float>(cell);
        yy += cells.along_y.at<float>(cell);
        xy += cells.crossed.at<float>(cell);
    }
    Region region;
    region.angle_deg = axis_of(xx, yy, xy);
    const double angle = region.angle_deg * std::numbers::pi / 180.0;
    const cv::Point2d across(std::cos(angle), std::sin(angle));
    constexpr double far = std::numeric_limits<double>::max();
    double left = far;
    double right = -far;
    double top = far;
    double bottom = -far;
    for (const cv::Point& cell : group) {
        const double u = cell.x * across.x + cell.y * across.y;
        const double v = cell.y * across.x - cell.x * across.y;
        left = std::min(left, u);
        right = std::max(right, u);
        top = std::min(top, v);
        bottom = std::max(bottom, v);
    }
    region.width_px = (right - left + 1.0) * cell_px;
    region.height_px = (bottom - top + 1.0) * cell_px;
    const double u = (left + right) / 2.0;
    const double v = (top + bottom) / 2.0;
    constexpr double middle = 0.5;
    region.middle = {
        (u * across.x - v * across.y + middle) * cell_px,
        (u * across.y + v * across.x + middle) * cell_px};
    return region;
}

} // namespace

std::vector<Region> bar_regions(const GradientMap& map) {
    std::vector<Region> regions;
    if (map.cells().empty()) {
        return regions;
    }
    ParallelCells cells = parallel_cells(map);
    for (int y = 0; y < cells.mask.rows; ++y) {
        for (int x = 0; x < cells.mask.cols; ++x) {
            if (cells.mask.at<uchar>(y, x) == 0) {
                continue;
            }
            const std::vector<cv::Point> group = taken_group(cells, {x, y});
            const Region region = region_of(group, cells, map.cell_px);
            const double covered = static_cast<double>(group.size()) * map.cell_px * map.cell_px;
            if (region.width_px >= least_width * map.cell_px &&
                region.height_px >= least_height * map.cell_px &&
                covered >= least_filling * region.width_px * region.height_px) {
                regions.push_back(region);
            }
        }
    }
    std::sort(regions.begin(), regions.end(), [](const Region& a, const Region& b) {
        return a.width_px * a.height_px > b.width_px * b.height_px;
    });
    if (regions.size() > most_regions) {
        regions.resize(most_regions);
    }
    return regions;
}

} // namespace pleiade::ocr
