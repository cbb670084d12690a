#include "ocr/barcode/texture.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace pleiade::ocr {
namespace {

constexpr double least_change = 90.0;  // chosen: modules of 45 grey values of contrast
constexpr double above_noise = 2.0;    // chosen
constexpr int opening = 3;             // chosen: cells; 2.1 mm, more than a line of text is high
constexpr int most_cells = 130; // chosen: 90 mm; what is larger the reduced page shows
constexpr int highest_line = 6; // chosen: cells; 4 mm, print of 14 points with all its lengths
constexpr double least_black = 0.28;   // chosen: codes have 0.4 to 0.6, print thinner than bold less
constexpr double most_black = 0.80;    // chosen: white codes on a dark label
constexpr std::size_t most_suspects = 12; // chosen: bounds the cost on photographs

double black_share_of(const cv::Mat& part) {
    cv::Mat black;
    cv::threshold(part, black, 0.0, 255.0, cv::THRESH_BINARY_INV | cv::THRESH_OTSU);
    return static_cast<double>(cv::countNonZero(black)) / static_cast<double>(black.total());
}

/// Squares may be small; what is longer must be higher than a line of print.
bool has_size_of_code(const cv::Size& cells) {
    const int shorter = std::min(cells.width, cells.height);
    const int longer = std::max(cells.width, cells.height);
    const int most_longer = shorter <= highest_line ? shorter * 2 : shorter * 10;
    return longer <= std::min(most_longer, most_cells);
}

} // namespace

std::vector<Suspect> suspected_codes(const cv::Mat& picture, const GradientMap& map) {
    std::vector<Suspect> suspects;
    if (map.cells().empty()) {
        return suspects;
    }
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
        const cv::Rect cells(
            row[cv::CC_STAT_LEFT], row[cv::CC_STAT_TOP], row[cv::CC_STAT_WIDTH],
            row[cv::CC_STAT_HEIGHT]
        );
        if (!has_size_of_code(cells.size())) {
            continue;
        }
        const cv::Rect area(cells.tl() * map.cell_px, cells.br() * map.cell_px);
        const double black_share = black_share_of(picture(area));
        if (black_share > least_black && black_share < most_black) {
            const Box box{area.x, area.y, area.x + area.width, area.y + area.height};
            suspects.push_back({box, black_share});
        }
    }
    std::sort(suspects.begin(), suspects.end(), [](const Suspect& a, const Suspect& b) {
        return a.box.width() * a.box.height() > b.box.width() * b.box.height();
    });
    if (suspects.size() > most_suspects) {
        suspects.resize(most_suspects);
    }
    return suspects;
}

} // namespace pleiade::ocr
