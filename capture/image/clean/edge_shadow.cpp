#include "capture/image/clean/edge_shadow.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace pleiade::image {
namespace {

constexpr double cell_mm = 1.0; // chosen: a hundred grains and more in each
constexpr int least_shadow = 8; // chosen: of 255; less is not seen as ink

/// The darkness that half of the cells reach; nothing when hardly any shows paper.
std::optional<int> typical(const cv::Mat& contrast, const cv::Mat& background) {
    constexpr int hardly = 4; // chosen: a quarter
    std::vector<std::uint8_t> values;
    values.reserve(contrast.total());
    for (int y = 0; y < contrast.rows; ++y) {
        for (int x = 0; x < contrast.cols; ++x) {
            if (background.at<std::uint8_t>(y, x) == 0) {
                values.push_back(contrast.at<std::uint8_t>(y, x));
            }
        }
    }
    if (values.size() * hardly <= contrast.total()) {
        return std::nullopt;
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

/// Page and scanner background in cells, seen from one edge: the top.
struct Cells {
    cv::Mat contrast;
    cv::Mat background;
    cv::Mat shadow;

    void turn() {
        for (cv::Mat* cells : {&contrast, &background, &shadow}) {
            cv::rotate(*cells, *cells, cv::ROTATE_90_CLOCKWISE);
        }
    }
};

/// Marks the shadow at the top. It begins at the edge itself, or at the black it grows out of, and
/// never grows darker inwards: lines of text do neither.
/// @param common How dark a cell of this page mostly is.
void mark_from_top(Cells& cells, int common) {
    constexpr double grain_spread = 2.0; // chosen: grains in a cell vary by a quarter
    constexpr int most_lines = static_cast<int>(deepest_shadow_mm / cell_mm);
    int depth = 255;
    bool first = true;
    for (int y = 0; y < std::min(most_lines, cells.contrast.rows); ++y) {
        const cv::Mat line = cells.contrast.row(y);
        const std::optional<int> dark = typical(line, cells.background.row(y));
        if (!dark || y == 0) {
            continue; // the black itself, or the rim that every mask of the background has
        }
        depth = std::min(depth, *dark - common);
        if (depth < least_shadow) {
            return;
        }
        if (first) {
            cells.shadow.rowRange(0, y).setTo(255); // with the ragged rim of the black
            first = false;
        }
        cv::Mat marked = cells.shadow.row(y);
        marked |= line <= common + grain_spread * depth + 2 * least_shadow;
    }
}

} // namespace

cv::Mat edge_shadow_of(const WorkingCopy& copy) {
    const double factor = copy.mm(1.0) / cell_mm;
    Cells cells;
    cv::resize(copy.contrast, cells.contrast, {}, factor, factor, cv::INTER_AREA);
    cv::resize(copy.background, cells.background, {}, factor, factor, cv::INTER_AREA);
    cells.shadow = cv::Mat(cells.contrast.size(), CV_8U, cv::Scalar(0));
    const int common = typical(cells.contrast, cells.background).value_or(0);
    constexpr int edges = 4;
    for (int edge = 0; edge < edges; ++edge) {
        mark_from_top(cells, common);
        cells.turn();
    }
    if (cv::countNonZero(cells.shadow) == 0) {
        return {};
    }
    cv::Mat mask;
    cv::resize(cells.shadow, mask, copy.contrast.size(), 0, 0, cv::INTER_NEAREST);
    return mask;
}

} // namespace pleiade::image
