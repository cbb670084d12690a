#include "ocr/barcode/texture.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace pleiade::ocr {
namespace {

constexpr double least_change = 90.0;  // chosen: modules of 45 grey values of contrast
constexpr double above_noise = 2.0;    // chosen
constexpr int opening = 3;             // chosen: cells; 2.1 mm, more than a line of text is high
constexpr Millimetres smallest_code{2.8}; // chosen: DataMatrix 12 x 12 with 0.25 mm modules
constexpr Millimetres largest_code{90.0}; // chosen: beyond that the reduced page shows it
constexpr std::size_t most_suspects = 12; // chosen: bounds the cost on photographs

} // namespace

std::vector<Box> suspected_codes(const GradientMap& map, int dpi) {
    std::vector<Box> boxes;
    if (map.cells().empty()) {
        return boxes;
    }
    const Dpi resolution{static_cast<double>(dpi)};
    const cv::Mat change = map.along_x + map.along_y;
    cv::Mat mask = change > least_change + above_noise * map.noise;
    const cv::Mat kernel = cv::getStructuringElement(cv::MORPH_RECT, {opening, opening});
    cv::morphologyEx(mask, mask, cv::MORPH_OPEN, kernel);

    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(mask, labels, stats, centres, 4);
    for (int label = 1; label < count; ++label) {
        const int* row = stats.ptr<int>(label);
        const int width = row[cv::CC_STAT_WIDTH] * map.cell_px;
        const int height = row[cv::CC_STAT_HEIGHT] * map.cell_px;
        if (std::min(width, height) + map.cell_px < to_pixels(smallest_code, resolution) ||
            std::max(width, height) > to_pixels(largest_code, resolution)) {
            continue;
        }
        const int x = row[cv::CC_STAT_LEFT] * map.cell_px;
        const int y = row[cv::CC_STAT_TOP] * map.cell_px;
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
