#include "capture/image/clean/sheet_outline.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <vector>

namespace pleiade::image {
namespace {

constexpr double mm_per_px = 0.5; // chosen: of the mask looked at; corners of 6 mm are 12 pixels

/// The sheet in the frame of its own smallest rectangle: 255 where the background shows instead.
struct Level {
    cv::Mat missing;
    bool clipped = false; ///< The picture ends before the sheet does, on two sides and more.
};

cv::Mat sheet_mask(const WorkingCopy& copy) {
    const double factor = copy.mm(1.0) / mm_per_px;
    cv::Mat small;
    cv::resize(copy.background, small, {}, factor, factor, cv::INTER_AREA);
    cv::Mat sheet = small < 128;
    // The frame of dark around the picture, and specks in it, are no outline.
    cv::morphologyEx(
        sheet, sheet, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {5, 5})
    );
    return sheet;
}

cv::RotatedRect rectangle_around(const cv::Mat& sheet) {
    std::vector<cv::Point> points;
    for (int y = 0; y < sheet.rows; ++y) {
        const std::uint8_t* row = sheet.ptr(y);
        const std::uint8_t* end = row + sheet.cols;
        const std::uint8_t* first = std::find(row, end, 255);
        if (first == end) {
            continue;
        }
        const std::uint8_t* last = end - 1;
        while (*last == 0) {
            --last;
        }
        points.emplace_back(static_cast<int>(first - row), y);
        points.emplace_back(static_cast<int>(last - row), y);
    }
    return points.empty() ? cv::RotatedRect() : cv::minAreaRect(points);
}

bool is_clipped(const cv::Mat& sheet) {
    constexpr double much = 0.1; // chosen: of a side of the picture
    const int sides = (cv::countNonZero(sheet.row(0)) > much * sheet.cols ? 1 : 0) +
                      (cv::countNonZero(sheet.row(sheet.rows - 1)) > much * sheet.cols ? 1 : 0) +
                      (cv::countNonZero(sheet.col(0)) > much * sheet.rows ? 1 : 0) +
                      (cv::countNonZero(sheet.col(sheet.cols - 1)) > much * sheet.rows ? 1 : 0);
    return sides >= 2;
}

Level levelled(const cv::Mat& sheet, const cv::RotatedRect& rectangle) {
    Level level;
    level.clipped = is_clipped(sheet);
    const cv::Size size(cvRound(rectangle.size.width), cvRound(rectangle.size.height));
    cv::Mat matrix =
        cv::getRotationMatrix2D(rectangle.center, static_cast<double>(rectangle.angle), 1.0);
    matrix.at<double>(0, 2) += size.width / 2.0 - static_cast<double>(rectangle.center.x);
    matrix.at<double>(1, 2) += size.height / 2.0 - static_cast<double>(rectangle.center.y);
    cv::Mat turned;
    // What lies outside the picture is not known to be missing.
    cv::warpAffine(
        sheet, turned, matrix, size, cv::INTER_NEAREST, cv::BORDER_CONSTANT, cv::Scalar(255)
    );
    level.missing = turned == 0;
    // A sheet is never quite the rectangle around it.
    cv::morphologyEx(
        level.missing,
        level.missing,
        cv::MORPH_OPEN,
        cv::getStructuringElement(cv::MORPH_RECT, {5, 5})
    );
    return level;
}

enum class Gap { None, Corner, Step };

/// What a piece of background inside the sheet's rectangle means.
Gap gap_of(const cv::Rect& box, int area, const Level& level) {
    constexpr double least_mm = 5.0;        // chosen: less is a rounded or worn corner
    constexpr double most_mm = 80.0;        // chosen: a corner; longer is an edge
    constexpr double most_slope = 4.0;      // chosen: between the legs of a folded corner
    constexpr double least_triangle = 0.35; // chosen: a folded corner fills half of its box
    constexpr double most_triangle = 0.7;
    constexpr double least_step = 0.85;
    const double width = box.width * mm_per_px;
    const double height = box.height * mm_per_px;
    const double fill = static_cast<double>(area) / box.area();
    const bool at_side = box.x <= 1 || box.br().x >= level.missing.cols - 1;
    const bool at_end = box.y <= 1 || box.br().y >= level.missing.rows - 1;
    if (!at_side || !at_end || std::min(width, height) < least_mm) {
        return Gap::None;
    }
    const bool compact = std::max(width, height) <= most_mm &&
                         std::max(width, height) <= most_slope * std::min(width, height);
    if (fill >= least_triangle && fill <= most_triangle && compact) {
        return Gap::Corner;
    }
    return fill >= least_step && !level.clipped ? Gap::Step : Gap::None;
}

} // namespace

SheetOutline outline_of(const WorkingCopy& copy) {
    SheetOutline outline;
    outline.width_mm = copy.mm(copy.grey.cols);
    outline.height_mm = copy.mm(copy.grey.rows);
    constexpr int rim_px = 6; // measured: the mask's own rim is 2 wide on every page
    const cv::Rect inner(
        rim_px, rim_px, copy.background.cols - 2 * rim_px, copy.background.rows - 2 * rim_px
    );
    if (inner.width <= 0 || inner.height <= 0 || cv::countNonZero(copy.background(inner)) == 0) {
        return outline;
    }
    const cv::Mat sheet = sheet_mask(copy);
    const cv::RotatedRect rectangle = rectangle_around(sheet);
    constexpr double least_side_px = 20.0;
    if (std::min(rectangle.size.width, rectangle.size.height) < least_side_px) {
        return outline;
    }
    // Of the two ways to name its sides, the one that leaves the sheet as it lies.
    const bool swapped = std::abs(std::abs(rectangle.angle) - 90.0F) < 45.0F;
    outline.width_mm =
        static_cast<double>(swapped ? rectangle.size.height : rectangle.size.width) * mm_per_px;
    outline.height_mm =
        static_cast<double>(swapped ? rectangle.size.width : rectangle.size.height) * mm_per_px;
    const Level level = levelled(sheet, rectangle);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(level.missing, labels, stats, centres);
    int steps = 0;
    for (int i = 1; i < count; ++i) {
        const int* row = stats.ptr<int>(i);
        const cv::Rect box(
            row[cv::CC_STAT_LEFT],
            row[cv::CC_STAT_TOP],
            row[cv::CC_STAT_WIDTH],
            row[cv::CC_STAT_HEIGHT]
        );
        const Gap gap = gap_of(box, row[cv::CC_STAT_AREA], level);
        outline.corners_missing += gap == Gap::Corner ? 1 : 0;
        steps += gap == Gap::Step ? 1 : 0;
    }
    outline.of_two_sheets = steps > 0;
    return outline;
}

} // namespace pleiade::image
