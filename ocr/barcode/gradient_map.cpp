#include "ocr/barcode/gradient_map.h"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace pleiade::ocr {
namespace {

constexpr int least_cell_px = 6;
constexpr int most_cell_px = 16; // bounds the sums below: 8 rows of 63 squared fit 16 bits
constexpr int row_step = 2;      // measured: half of the rows finds the same cells

/// The sums of one row of cells, pixel column by pixel column.
struct ColumnSums {
    std::vector<std::int16_t> xx;
    std::vector<std::int16_t> yy;
    std::vector<std::int16_t> xy;

    explicit ColumnSums(int width)
        : xx(static_cast<std::size_t>(width)), yy(xx.size()), xy(xx.size()) {}

    void clear() {
        std::fill(xx.begin(), xx.end(), std::int16_t{0});
        std::fill(yy.begin(), yy.end(), std::int16_t{0});
        std::fill(xy.begin(), xy.end(), std::int16_t{0});
    }
};

// The arrays are plain pointers so that the compiler sees that one instruction can do eight pixels.
void add_row(const cv::Mat& grey, int y, ColumnSums& sums) {
    const std::uint8_t* above = grey.ptr(y - 1);
    const std::uint8_t* here = grey.ptr(y);
    const std::uint8_t* below = grey.ptr(y + 1);
    std::int16_t* __restrict xx = sums.xx.data();
    std::int16_t* __restrict yy = sums.yy.data();
    std::int16_t* __restrict xy = sums.xy.data();
    const int last = grey.cols - 1;
    for (int x = 1; x < last; ++x) {
        const auto dx = static_cast<std::int16_t>((here[x + 1] - here[x - 1]) / 4);
        const auto dy = static_cast<std::int16_t>((below[x] - above[x]) / 4);
        xx[x] = static_cast<std::int16_t>(xx[x] + dx * dx);
        yy[x] = static_cast<std::int16_t>(yy[x] + dy * dy);
        xy[x] = static_cast<std::int16_t>(xy[x] + dx * dy);
    }
}

float mean_of(const std::vector<std::int16_t>& sums, int from, int count, int rows) {
    int sum = 0;
    for (int x = from; x < from + count; ++x) {
        sum += sums[static_cast<std::size_t>(x)];
    }
    return static_cast<float>(sum) / static_cast<float>(count * rows);
}

/// A quarter of the cells of all but the fullest pages holds nothing but paper.
double change_of_paper(const GradientMap& map) {
    cv::Mat change = map.along_x + map.along_y;
    auto* begin = change.ptr<float>();
    auto* quarter = begin + change.total() / 4;
    std::nth_element(begin, quarter, begin + change.total());
    return *quarter;
}

} // namespace

GradientMap gradient_map(const cv::Mat& grey, int dpi) {
    GradientMap map;
    map.cell_px = std::clamp(
        to_pixels(cell_side, Dpi{static_cast<double>(dpi)}), least_cell_px, most_cell_px
    );
    const cv::Size cells(grey.cols / map.cell_px, grey.rows / map.cell_px);
    if (cells.empty()) {
        return map;
    }
    for (cv::Mat* part : {&map.along_x, &map.along_y, &map.crossed}) {
        part->create(cells, CV_32FC1);
    }
    ColumnSums sums(grey.cols);
    for (int row = 0; row < cells.height; ++row) {
        sums.clear();
        int rows = 0;
        const int from = row * map.cell_px;
        for (int y = std::max(from, 1); y < std::min(from + map.cell_px, grey.rows - 1);
             y += row_step) {
            add_row(grey, y, sums);
            ++rows;
        }
        rows = std::max(rows, 1);
        for (int column = 0; column < cells.width; ++column) {
            const int x = column * map.cell_px;
            map.along_x.at<float>(row, column) = mean_of(sums.xx, x, map.cell_px, rows);
            map.along_y.at<float>(row, column) = mean_of(sums.yy, x, map.cell_px, rows);
            map.crossed.at<float>(row, column) = mean_of(sums.xy, x, map.cell_px, rows);
        }
    }
    map.noise = change_of_paper(map);
    return map;
}

} // namespace pleiade::ocr
