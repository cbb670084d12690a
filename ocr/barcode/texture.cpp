#include "ocr/barcode/texture.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace pleiade::ocr {
namespace {

constexpr Millimetres window{2.5};        // chosen: wider than the gap between two text lines
constexpr double least_ink = 0.30;        // chosen: above most running text, below any 2-D code
constexpr double most_ink = 0.80;         // chosen: solid areas are no codes
constexpr Millimetres smallest_code{3.5}; // chosen: DataMatrix 10 x 10 with 0.35 mm modules
constexpr Millimetres largest_code{90.0}; // chosen: beyond that whole-page reading finds it
constexpr std::size_t most_suspects = 12; // chosen: bounds the cost on photographs

int reduced_px(Millimetres length) {
    return std::max(1, to_pixels(length, reduced_resolution));
}

} // namespace

std::vector<Box> suspected_codes(const ReducedPage& page) {
    const int side = reduced_px(window);
    cv::Mat ink;
    cv::boxFilter(page.grey, ink, CV_8U, {side, side});
    cv::Mat mask;
    cv::inRange(ink, 255.0 * (1.0 - most_ink), 255.0 * (1.0 - least_ink), mask);
    // Cuts the bridges that a rule or a letter makes, then gives the code its edges back.
    const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_RECT, {side, side});
    cv::morphologyEx(mask, mask, cv::MORPH_OPEN, kernel);

    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres);
    std::vector<Box> boxes;
    for (int label = 1; label < count; ++label) {
        const int* row = stats.ptr<int>(label);
        const int width = row[cv::CC_STAT_WIDTH];
        const int height = row[cv::CC_STAT_HEIGHT];
        if (std::min(width, height) < reduced_px(smallest_code) - side / 2 ||
            std::max(width, height) > reduced_px(largest_code)) {
            continue;
        }
        const int x = row[cv::CC_STAT_LEFT];
        const int y = row[cv::CC_STAT_TOP];
        boxes.push_back({x, y, x + width, y + height});
    }
    std::sort(boxes.begin(), boxes.end(), [](const Box& a, const Box& b) {
        return a.width() * a.height() > b.width() * b.height();
    });
    if (boxes.size() > most_suspects) {
        boxes.resize(most_suspects);
    }
    return boxes;
}

} // namespace pleiade::ocr
