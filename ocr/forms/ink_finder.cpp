#include "ocr/ink_finder.h"

#include "core/units.h"
#include "ocr/forms/line_removal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <vector>

namespace pleiade::ocr {
namespace {

constexpr double working_dpi = 150.0;  // chosen: a frame of a quarter millimetre is 1.5 pixels wide
constexpr double darkest_share = 0.75; // chosen: below this share of the paper's grey it is ink
// chosen: tick boxes of French forms are 2.5 to 5 mm wide
constexpr Millimetres least_side{2.0};
constexpr Millimetres most_side{6.5};
constexpr Millimetres least_straight{1.6}; ///< Longer straight strokes are frames, not letters.
constexpr double least_frame = 0.8; // chosen: share of each side of the frame that must be seen
constexpr double ticked_ink = 0.08; // chosen: a thin cross inks a tenth of the inside, dust less
constexpr Millimetres least_rule{12.0};  ///< Longer straight strokes are ruled lines.
constexpr Millimetres gap_in_block{3.0}; ///< Strokes nearer than that are one block.
constexpr Millimetres least_block_width{6.0};
constexpr Millimetres least_block_height{2.5};
constexpr double sure_word = 0.6; // chosen: what a signature is read as is less sure
constexpr std::size_t most_blocks = 40;
constexpr std::size_t most_boxes = 200;

/// The page at the working resolution, ink white on black.
struct Ink {
    cv::Mat pixels;
    double scale = 1.0; ///< Working pixels per pixel of the page.

    [[nodiscard]] int px(Millimetres length) const { return to_pixels(length, Dpi{working_dpi}); }
    [[nodiscard]] Box on_page(const cv::Rect& box) const {
        const auto back = [&](int at) { return static_cast<int>(at / scale); };
        return {back(box.x), back(box.y), back(box.x + box.width), back(box.y + box.height)};
    }
};

/// The grey that most of the page has.
int paper_of(const cv::Mat& grey) {
    constexpr int levels = 256;
    std::array<long, levels> counts{};
    for (int y = 0; y < grey.rows; y += 2) {
        const auto* row = grey.ptr<unsigned char>(y);
        for (int x = 0; x < grey.cols; x += 2) {
            ++counts[row[x]];
        }
    }
    return static_cast<int>(std::ranges::max_element(counts) - counts.begin());
}

Ink ink_of(const PageImage& grey) {
    Ink ink;
    ink.scale = std::min(1.0, working_dpi / std::max(1, grey.dpi));
    cv::Mat small;
    cv::resize(view_of(grey), small, {}, ink.scale, ink.scale, cv::INTER_AREA);
    cv::threshold(small, ink.pixels, paper_of(small) * darkest_share, 255, cv::THRESH_BINARY_INV);
    return ink;
}

/// How much of the line beside an edge is inked: a share of its length, whatever its slant.
double side_seen(const cv::Mat& frame, const cv::Rect& band, bool lying) {
    cv::Mat seen;
    cv::reduce(frame(band), seen, lying ? 0 : 1, cv::REDUCE_MAX);
    return static_cast<double>(cv::countNonZero(seen)) /
           std::max(1, lying ? band.width : band.height);
}

bool is_frame(const cv::Mat& frame, const cv::Rect& box) {
    const int band = std::max(2, std::min(box.width, box.height) / 5);
    return side_seen(frame, {box.x, box.y, box.width, band}, true) >= least_frame &&
           side_seen(frame, {box.x, box.y + box.height - band, box.width, band}, true) >=
               least_frame &&
           side_seen(frame, {box.x, box.y, band, box.height}, false) >= least_frame &&
           side_seen(frame, {box.x + box.width - band, box.y, band, box.height}, false) >=
               least_frame;
}

double ink_inside(const cv::Mat& ink, const cv::Rect& box) {
    const int rim = std::max(2, std::min(box.width, box.height) / 5);
    const cv::Rect inside(box.x + rim, box.y + rim, box.width - 2 * rim, box.height - 2 * rim);
    if (inside.width <= 0 || inside.height <= 0) {
        return 0.0;
    }
    return static_cast<double>(cv::countNonZero(ink(inside))) / inside.area();
}

std::vector<TickBox> tick_boxes_of(const Ink& ink) {
    const int straight = ink.px(least_straight);
    const cv::Mat frames = opened(ink.pixels, straight, 1) | opened(ink.pixels, 1, straight);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(frames, labels, stats, centres);
    std::vector<TickBox> boxes;
    for (int i = 1; i < count && boxes.size() < most_boxes; ++i) {
        const cv::Rect box(
            stats.at<int>(i, cv::CC_STAT_LEFT),
            stats.at<int>(i, cv::CC_STAT_TOP),
            stats.at<int>(i, cv::CC_STAT_WIDTH),
            stats.at<int>(i, cv::CC_STAT_HEIGHT)
        );
        const auto [small, large] = std::minmax(box.width, box.height);
        constexpr int squareness = 4; // chosen: sides differ by a quarter at most
        if (small < ink.px(least_side) || large > ink.px(most_side) ||
            (large - small) * squareness > large || !is_frame(frames, box)) {
            continue;
        }
        const double inside = ink_inside(ink.pixels, box);
        constexpr double filled = 0.9; // chosen: a black square is ornament
        if (inside < filled) {
            boxes.push_back({ink.on_page(box), inside >= ticked_ink, inside});
        }
    }
    return boxes;
}

void wipe(cv::Mat& ink, const cv::Rect& box) {
    const cv::Rect part = box & cv::Rect(0, 0, ink.cols, ink.rows);
    if (!part.empty()) {
        ink(part).setTo(0);
    }
}

std::vector<Box> blocks_of(const Ink& ink, const PageText& text) {
    const int rule = ink.px(least_rule);
    cv::Mat ruled = opened(ink.pixels, rule, 1) | opened(ink.pixels, 1, rule);
    cv::dilate(ruled, ruled, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    cv::Mat rest = ink.pixels & ~ruled;
    for (const Word& word : text.words) {
        if (word.confidence >= sure_word) {
            constexpr int rim = 2; // working pixels
            const Box& box = word.box_px;
            wipe(
                rest,
                {static_cast<int>(box.x0 * ink.scale) - rim,
                 static_cast<int>(box.y0 * ink.scale) - rim,
                 static_cast<int>(box.width() * ink.scale) + 2 * rim,
                 static_cast<int>(box.height() * ink.scale) + 2 * rim}
            );
        }
    }
    cv::Mat joined;
    const int gap = ink.px(gap_in_block);
    cv::morphologyEx(
        rest, joined, cv::MORPH_CLOSE, cv::getStructuringElement(cv::MORPH_RECT, {gap, gap})
    );
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres);
    std::vector<Box> blocks;
    for (int i = 1; i < count && blocks.size() < most_blocks; ++i) {
        const cv::Rect box(
            stats.at<int>(i, cv::CC_STAT_LEFT),
            stats.at<int>(i, cv::CC_STAT_TOP),
            stats.at<int>(i, cv::CC_STAT_WIDTH),
            stats.at<int>(i, cv::CC_STAT_HEIGHT)
        );
        if (box.width >= ink.px(least_block_width) && box.height >= ink.px(least_block_height)) {
            blocks.push_back(ink.on_page(box));
        }
    }
    return blocks;
}

} // namespace

PageInk find_ink(const PageImage& grey, const PageText& text) {
    PageInk found;
    if (grey.empty() || grey.channels != 1) {
        return found;
    }
    const Ink ink = ink_of(grey);
    found.measured = true;
    found.tick_boxes = tick_boxes_of(ink);
    found.blocks_px = blocks_of(ink, text);
    return found;
}

} // namespace pleiade::ocr
