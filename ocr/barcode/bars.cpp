#include "ocr/barcode/bars.h"

#include "core/units.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace pleiade::ocr {
namespace {

constexpr double alike = 0.85;         // chosen: 5 % of specks on both rows leave 0.9
constexpr double least_bars = 0.6;     // chosen: of the bars of the row that was read
constexpr int rows_forgiven = 3;       // chosen: a scratch or a fold of 0.25 mm at 300 dpi
constexpr Millimetres low_bars{2.0};   // chosen: a third of the least height in practice
constexpr Millimetres sound_bars{3.0}; // chosen: more than a line of text of 12 point is high
// spec: ISO/IEC 16388 and 16390 ask for 0.15, or 5 mm; less half for cut and torn ones
constexpr double low_share = 0.08;

enum class Reading { AlongRows, AlongColumns };

/// One scan line across the bars, as black and white.
struct ScanLine {
    Reading reading = Reading::AlongRows;
    int from = 0;
    int to = 0;
    int position = 0; ///< Row, or column when reading along columns.
};

ScanLine scan_line_of(const Symbol& symbol) {
    const auto& corners = symbol.corners;
    const cv::Point along = corners[1] - corners[0];
    const bool rows = std::abs(along.x) >= std::abs(along.y);
    const auto at = [&](const cv::Point& point) { return rows ? point.x : point.y; };
    const auto across = [&](const cv::Point& point) { return rows ? point.y : point.x; };
    return {
        rows ? Reading::AlongRows : Reading::AlongColumns,
        std::min(at(corners[0]), at(corners[1])),
        std::max(at(corners[0]), at(corners[1])) + 1,
        (across(corners[0]) + across(corners[3])) / 2};
}

std::vector<bool> black_on(const cv::Mat& grey, const ScanLine& line, int threshold) {
    std::vector<bool> black(static_cast<std::size_t>(line.to - line.from));
    for (int i = line.from; i < line.to; ++i) {
        const int value = line.reading == Reading::AlongRows ? grey.at<uchar>(line.position, i)
                                                             : grey.at<uchar>(i, line.position);
        black[static_cast<std::size_t>(i - line.from)] = value < threshold;
    }
    return black;
}

int middle_grey(const cv::Mat& grey, const ScanLine& line) {
    const cv::Range along(line.from, line.to);
    const cv::Range across(line.position, line.position + 1);
    double low = 0.0;
    double high = 0.0;
    cv::minMaxLoc(
        line.reading == Reading::AlongRows ? grey(across, along) : grey(along, across), &low, &high
    );
    return static_cast<int>((low + high) / 2.0) + 1;
}

double agreement(const std::vector<bool>& a, const std::vector<bool>& b) {
    std::size_t same = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        same += a[i] == b[i] ? 1U : 0U;
    }
    return static_cast<double>(same) / static_cast<double>(a.size());
}

std::size_t edges_on(const std::vector<bool>& line) {
    std::size_t edges = 0;
    for (std::size_t i = 1; i < line.size(); ++i) {
        edges += line[i] != line[i - 1] ? 1U : 0U;
    }
    return edges;
}

/// The last position, going `step` by `step`, on which the bars are still seen.
int end_of_bars(const cv::Mat& grey, ScanLine line, int step, int threshold) {
    const int limit = line.reading == Reading::AlongRows ? grey.rows : grey.cols;
    std::vector<bool> before = black_on(grey, line, threshold);
    // A skewed code ends little by little: each row looks like the one before, with fewer bars.
    const auto least_edges =
        static_cast<std::size_t>(static_cast<double>(edges_on(before)) * least_bars);
    int last = line.position;
    for (line.position += step; line.position >= 0 && line.position < limit;
         line.position += step) {
        const std::vector<bool> here = black_on(grey, line, threshold);
        if (agreement(before, here) >= alike && edges_on(here) >= least_edges) {
            last = line.position;
            before = here;
        } else if (std::abs(line.position - last) > rows_forgiven) {
            break;
        }
    }
    return last;
}

std::size_t least_characters(const std::string& format) {
    if (format == "ITF" || format == "Codabar") {
        return 6; // chosen: ITF of 2 or 4 digits is found in hatchings and tables
    }
    return format == "Code39" ? 3 : 1;
}

} // namespace

Box grown_along_bars(const cv::Mat& grey, const Symbol& symbol) {
    ScanLine line = scan_line_of(symbol);
    const bool rows = line.reading == Reading::AlongRows;
    line.from = std::clamp(line.from, 0, (rows ? grey.cols : grey.rows) - 1);
    line.to = std::clamp(line.to, line.from + 1, rows ? grey.cols : grey.rows);
    line.position = std::clamp(line.position, 0, (rows ? grey.rows : grey.cols) - 1);
    const int threshold = middle_grey(grey, line);
    const int first = end_of_bars(grey, line, -1, threshold);
    const int last = end_of_bars(grey, line, 1, threshold);
    return rows ? Box{line.from, first, line.to, last + 1}
                : Box{first, line.from, last + 1, line.to};
}

bool plausible(const Symbol& symbol, const Box& box, int dpi) {
    const bool rows = scan_line_of(symbol).reading == Reading::AlongRows;
    const int bars_px = rows ? box.height() : box.width();
    const int length_px = rows ? box.width() : box.height();
    const Dpi resolution{static_cast<double>(dpi)};
    const std::string& format = symbol.mark.format;
    if (strongly_checked(symbol.mark) || format == "EAN-13" || format == "UPC-A") {
        return bars_px >= to_pixels(low_bars, resolution);
    }
    return bars_px >= to_pixels(sound_bars, resolution) && bars_px >= low_share * length_px &&
           symbol.mark.text.size() >= least_characters(format);
}

} // namespace pleiade::ocr
