#include "capture/image/encode/layers/ink_mask.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstring>

namespace pleiade::image {
namespace {

constexpr int paper_reach_cells = 25; // chosen: 8 mm, more than the thickest letters and bars
constexpr int ink_reach_cells = 7;    // chosen: 2.4 mm, the next letters
constexpr double least_contrast = 24; // chosen: what differs less is left in the ground
constexpr double ink_share = 0.45;    // chosen: a little before half-way, so that hairlines hold
constexpr double deepest = 95;       // chosen: what differs more from paper is ink beside any black
constexpr double beyond_grain = 1.7; // measured: grey typing paper of french-scans

cv::Mat square(int side) {
    return cv::getStructuringElement(cv::MORPH_RECT, {side, side});
}

/// The contrast that the paper itself shows: its grain and the noise of the scanner. Every page has
/// a fifth without ink, or is no page of text.
int grain_of(const cv::Mat& contrast) {
    std::array<int, 256> counts{};
    for (int y = 0; y < contrast.rows; ++y) {
        const std::uint8_t* row = contrast.ptr(y);
        for (int x = 0; x < contrast.cols; ++x) {
            ++counts[row[x]];
        }
    }
    int level = 0;
    for (int below = counts[0]; below * 5 < static_cast<int>(contrast.total()); ++level) {
        below += counts[static_cast<std::size_t>(level) + 1];
    }
    return level;
}

/// One threshold a cell: what is darker is ink. 0 where there is none.
cv::Mat thresholds(const Scales& grey) {
    cv::Mat paper;
    cv::morphologyEx(
        grey.cells,
        paper,
        cv::MORPH_CLOSE,
        square(paper_reach_cells),
        {-1, -1},
        1,
        cv::BORDER_REPLICATE
    );
    cv::blur(paper, paper, {9, 9});
    cv::Mat darkest;
    cv::erode(grey.half, darkest, square(3));
    cv::resize(darkest, darkest, grey.cells.size(), 0, 0, cv::INTER_NEAREST);
    cv::erode(darkest, darkest, square(ink_reach_cells));
    cv::Mat contrast;
    cv::subtract(paper, darkest, contrast);
    cv::blur(contrast, contrast, {5, 5});
    const double grain = grain_of(contrast);
    const double least = std::max(least_contrast, beyond_grain * grain);
    cv::Mat depth = contrast * ink_share;
    cv::min(depth, deepest, depth);
    cv::max(depth, grain, depth);
    cv::Mat levels;
    cv::subtract(paper, depth, levels);
    levels.setTo(0, contrast < least);
    return levels;
}

/// Eight pixels of ink as four numbers of pairs, one in each byte.
std::array<std::uint32_t, 256> pair_counts() {
    std::array<std::uint32_t, 256> table{};
    for (unsigned bits = 0; bits < 256; ++bits) {
        for (unsigned pair = 0; pair < 4; ++pair) {
            const unsigned two = (bits >> (6U - 2U * pair)) & 3U;
            table[bits] |= ((two >> 1U) + (two & 1U)) << (8U * pair);
        }
    }
    return table;
}

} // namespace

OneBit ink_mask(const Scales& grey) {
    const cv::Mat levels = thresholds(grey);
    cv::Mat wide; // one row of levels for each row of cells
    cv::resize(levels, wide, {levels.cols * cell_px, levels.rows}, 0, 0, cv::INTER_LINEAR);
    OneBit mask(grey.full.cols, grey.full.rows);
    cv::Mat ink;
    for (int y = 0; y < grey.full.rows; ++y) {
        cv::compare(
            grey.full.row(y), wide.row(y / cell_px).colRange(0, grey.full.cols), ink, cv::CMP_LT
        );
        pack_row(ink.ptr(), grey.full.cols, mask.row(y));
    }
    return mask;
}

cv::Mat coverage_of(const OneBit& mask, cv::Size half_size) {
    static const std::array<std::uint32_t, 256> counts = pair_counts();
    cv::Mat coverage(half_size, CV_8U, cv::Scalar(0));
    for (int y = 0; y < mask.height_px; ++y) {
        const std::uint8_t* bits = mask.row(y);
        std::uint8_t* target = coverage.ptr(y / 2);
        for (std::size_t i = 0; i < mask.stride; ++i, target += 4) {
            if (bits[i] == 0) {
                continue;
            }
            std::uint32_t four = 0;
            std::memcpy(&four, target, 4);
            four += counts[bits[i]];
            std::memcpy(target, &four, 4);
        }
    }
    return coverage;
}

} // namespace pleiade::image
