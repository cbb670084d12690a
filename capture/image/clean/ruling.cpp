#include "capture/image/clean/ruling.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace pleiade::image {
namespace {

constexpr double faintest = 40.0;      // chosen: paler than ink, or lines would come in pieces
constexpr double edge_to_edge = 0.85;  // chosen: of the page's side, with a narrow margin
constexpr double thickest_mm = 0.8;    // measured: two pixels of a line that is 0.2 mm wide
constexpr std::size_t least_lines = 6; // chosen: fewer may be rules of a letter head
constexpr double most_skew_deg = 4.0;  // chosen: sheets of which a feeder takes hold
constexpr double skew_step_deg = 0.1;  // chosen: half a line's width on A4
constexpr int block_px = 16;           // chosen: a line skewed by 4 degrees falls by one pixel

/// How many pixels of each row are pale or darker, in blocks of columns: one column a block.
cv::Mat counted(const cv::Mat& pale) {
    const int blocks = pale.cols / block_px;
    cv::Mat counts(pale.rows, blocks, CV_16U);
    for (int y = 0; y < pale.rows; ++y) {
        const std::uint8_t* row = pale.ptr(y);
        auto* count = counts.ptr<std::uint16_t>(y);
        for (int block = 0; block < blocks; ++block) {
            const std::uint8_t* from = row + static_cast<std::ptrdiff_t>(block) * block_px;
            count[block] = static_cast<std::uint16_t>(
                block_px - std::count(from, from + block_px, std::uint8_t{0})
            );
        }
    }
    return counts;
}

/// Whether lines cross these places one above the other: soon said, and no to most pages.
bool may_be_ruled(const cv::Mat& counts) {
    constexpr int places = 4;
    for (int place = 1; place < places; ++place) {
        const cv::Mat column = counts.col(counts.cols * place / places);
        std::size_t lines = 0;
        bool on_line = false;
        for (int y = 0; y < column.rows; ++y) {
            const bool covered = column.at<std::uint16_t>(y) >= edge_to_edge * block_px;
            lines += covered && !on_line ? 1 : 0;
            on_line = covered;
        }
        if (lines < least_lines) {
            return false;
        }
    }
    return true;
}

/// How far a line falls from the middle of the page to that of a block.
int fall_px(double slope, int block, int blocks) {
    return cvRound(slope * block_px * (block - (blocks - 1) / 2.0));
}

/// What each row of the page holds when read along a slope.
std::vector<int> profile(const cv::Mat& counts, double slope) {
    std::vector<int> rows(static_cast<std::size_t>(counts.rows), 0);
    for (int block = 0; block < counts.cols; ++block) {
        const int fall = fall_px(slope, block, counts.cols);
        const int last = std::min(counts.rows, counts.rows + fall);
        for (int y = std::max(0, fall); y < last; ++y) {
            rows[static_cast<std::size_t>(y - fall)] += counts.at<std::uint16_t>(y, block);
        }
    }
    return rows;
}

double sharpest_slope(const cv::Mat& counts) {
    double best = 0.0;
    double most = 0.0;
    constexpr int steps = static_cast<int>(most_skew_deg / skew_step_deg);
    for (int step = -steps; step <= steps; ++step) {
        const double slope = std::tan(step * skew_step_deg * CV_PI / 180.0);
        double sharpness = 0.0;
        for (const int count : profile(counts, slope)) {
            sharpness += static_cast<double>(count) * count;
        }
        if (sharpness > most) {
            most = sharpness;
            best = slope;
        }
    }
    return best;
}

/// The middle rows of lines from edge to edge.
std::vector<int> lines_in(const std::vector<int>& rows, int width, int thickest_px) {
    std::vector<int> lines;
    const auto covered = [&](std::size_t y) {
        // A line may lie between two rows.
        const int beside = std::max(y > 0 ? rows[y - 1] : 0, y + 1 < rows.size() ? rows[y + 1] : 0);
        return rows[y] >= width / 3 && rows[y] + beside >= edge_to_edge * width;
    };
    for (std::size_t y = 0; y < rows.size(); ++y) {
        const std::size_t from = y;
        while (y < rows.size() && covered(y)) {
            ++y;
        }
        if (y > from && static_cast<int>(y - from) <= thickest_px) {
            lines.push_back(static_cast<int>((from + y - 1) / 2));
        }
    }
    return lines;
}

/// The distance at which lines follow each other; some may be missing or in between.
std::optional<int> pitch_of(const std::vector<int>& lines) {
    constexpr double tolerance_px = 2.0;
    constexpr double mostly = 0.8;
    if (lines.size() < least_lines) {
        return std::nullopt;
    }
    std::vector<int> gaps;
    for (std::size_t i = 1; i < lines.size(); ++i) {
        gaps.push_back(lines[i] - lines[i - 1]);
    }
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::ranges::nth_element(gaps, middle);
    const int usual = *middle;
    const auto regular =
        std::ranges::count_if(gaps, [&](int gap) { return std::abs(gap - usual) <= tolerance_px; });
    if (static_cast<double>(regular) < mostly * static_cast<double>(gaps.size())) {
        return std::nullopt;
    }
    return usual;
}

/// And those that a skewed page cuts off at its corners.
std::vector<int> with_cut_lines(std::vector<int> lines, int pitch, int fall_px) {
    const int first = lines.front();
    const int last = lines.back();
    for (int beyond = pitch; beyond <= fall_px + pitch; beyond += pitch) {
        lines.push_back(first - beyond);
        lines.push_back(last + beyond);
    }
    return lines;
}

/// 255 in bands along the level lines of a page; empty when there are none.
cv::Mat bands(const cv::Mat& pale, int thickest_px) {
    if (pale.cols < block_px * 4) {
        return {};
    }
    const cv::Mat counts = counted(pale);
    if (!may_be_ruled(counts)) {
        return {};
    }
    const double slope = sharpest_slope(counts);
    const int width = counts.cols * block_px;
    const std::vector<int> lines = lines_in(profile(counts, slope), width, thickest_px);
    const std::optional<int> pitch = pitch_of(lines);
    if (!pitch) {
        return {};
    }
    cv::Mat mask(pale.size(), CV_8U, cv::Scalar(0));
    const double fall = slope * (pale.cols - 1) / 2.0;
    for (const int line : with_cut_lines(lines, *pitch, cvCeil(std::abs(fall)))) {
        cv::line(
            mask,
            {0, cvRound(line - fall)},
            {pale.cols - 1, cvRound(line + fall)},
            cv::Scalar(255),
            thickest_px
        );
    }
    return mask;
}

/// What is higher than a line is thick: strokes across it.
cv::Mat higher_than(const cv::Mat& pale, int px) {
    cv::Mat high;
    cv::morphologyEx(
        pale, high, cv::MORPH_OPEN, cv::getStructuringElement(cv::MORPH_RECT, {1, px + 1})
    );
    return high;
}

} // namespace

cv::Mat ruling_of(const WorkingCopy& copy) {
    const int thickest_px = std::max(3, copy.px(thickest_mm));
    const cv::Mat pale = copy.contrast > faintest;
    const cv::Mat level = bands(pale, thickest_px);
    const cv::Mat on_its_side = pale.t();
    cv::Mat upright = bands(on_its_side, thickest_px);
    if (level.empty() && upright.empty()) {
        return {};
    }
    cv::Mat ruling(pale.size(), CV_8U, cv::Scalar(0));
    if (!level.empty()) {
        ruling |= level & ~higher_than(pale, thickest_px);
    }
    if (!upright.empty()) {
        const cv::Mat thin = upright & ~higher_than(on_its_side, thickest_px);
        ruling |= thin.t();
        upright = upright.t();
    }
    if (!level.empty() && !upright.empty()) {
        ruling |= level & upright; // where they cross, both are as high as long
    }
    return ruling;
}

} // namespace pleiade::image
