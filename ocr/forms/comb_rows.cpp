#include "ocr/forms/comb_rows.h"

#include "core/units.h"
#include "ocr/forms/comb_series.h"
#include "ocr/forms/line_removal.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <optional>

namespace pleiade::ocr {
namespace {

constexpr Dpi working_resolution{150.0};   // chosen: thin lines survive, a page takes 20 ms
constexpr Millimetres least_pitch{2.8};    // measured: 3.2 mm is the narrowest on cerfa 14463
constexpr Millimetres most_pitch{9.0};     // chosen: wider cells are columns of a table
constexpr Millimetres least_stretch{3.2};  // chosen: no stroke of body text is as long
constexpr Millimetres least_line{3.2};     // chosen: one cell; NIRs are set 1-2-2-2-3-3-2
constexpr Millimetres least_tick{0.9};     // measured: 1.2 mm on cerfa 14463
constexpr Millimetres widest_tick{0.8};    // chosen: walls are thinner than strokes of a pen
constexpr Millimetres joined_lines{1.8};   // chosen: gap between boxes of one row
constexpr Millimetres tolerance{0.45};     // chosen: a tenth of the usual pitch
constexpr double tolerance_share = 0.14;   // measured: of the pitch, one odd cell of cerfa 14463
constexpr int least_darker = 9;            // chosen: noise of a scanner after averaging is 4
constexpr int least_cells = 4;             // chosen: a year
constexpr double open_cell_heights = 1.35; // measured: height by width of cells without a top line

int working_px(Millimetres length) {
    return to_pixels(length, working_resolution);
}

/// A line the cells may stand on, in the reduced page.
struct Baseline {
    int x0 = 0;
    int x1 = 0;
    double offset = 0.0; ///< y at x = 0 ...
    double slope = 0.0;  ///< ... and its growth.

    [[nodiscard]] double y_at(double x) const { return offset + slope * x; }
};

/// Everything darker than its neighbourhood: lines of any colour, and ink.
cv::Mat darker_than_around(const cv::Mat& reduced) {
    const int window = 2 * working_px({2.0}) + 1;
    cv::Mat around;
    cv::boxFilter(reduced, around, -1, {window, window});
    cv::Mat difference;
    cv::subtract(around, reduced, difference);
    return difference > least_darker;
}

cv::Mat horizontal_stretches(const cv::Mat& dark) {
    const cv::Mat kernel =
        cv::getStructuringElement(cv::MORPH_RECT, {working_px(least_stretch), 1});
    cv::Mat stretches;
    cv::morphologyEx(dark, stretches, cv::MORPH_OPEN, kernel);
    return stretches;
}

/// Least squares through the pixels of one component, without those of other components.
std::optional<Baseline>
fitted(const cv::Mat& stretches, const cv::Mat& labels, int label, const cv::Rect& place) {
    double n = 0;
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    int x0 = place.x + place.width;
    int x1 = place.x;
    for (int y = place.y; y < place.y + place.height; ++y) {
        for (int x = place.x; x < place.x + place.width; ++x) {
            if (stretches.at<std::uint8_t>(y, x) != 0 && labels.at<int>(y, x) == label) {
                n += 1;
                sx += x;
                sy += y;
                sxx += static_cast<double>(x) * x;
                sxy += static_cast<double>(x) * y;
                x0 = std::min(x0, x);
                x1 = std::max(x1, x + 1);
            }
        }
    }
    const double spread = n * sxx - sx * sx;
    if (spread <= 0 || x1 - x0 < working_px(least_line)) {
        return std::nullopt;
    }
    Baseline line{x0, x1, 0, (n * sxy - sx * sy) / spread};
    line.offset = (sy - line.slope * sx) / n;
    return line;
}

std::vector<Baseline> baselines_of(const cv::Mat& stretches) {
    const cv::Mat join = cv::getStructuringElement(cv::MORPH_RECT, {working_px(joined_lines), 3});
    cv::Mat joined;
    cv::dilate(stretches, joined, join);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(joined, labels, stats, centres, 8, CV_32S);
    std::vector<Baseline> lines;
    for (int label = 1; label < count; ++label) {
        const cv::Rect place(
            stats.at<int>(label, cv::CC_STAT_LEFT),
            stats.at<int>(label, cv::CC_STAT_TOP),
            stats.at<int>(label, cv::CC_STAT_WIDTH),
            stats.at<int>(label, cv::CC_STAT_HEIGHT)
        );
        const int thickest = working_px({1.5}) + place.width / 50; // chosen: skew below a degree
        if (place.width < working_px(least_line) || place.height > thickest) {
            continue;
        }
        if (const auto line = fitted(stretches, labels, label, place)) {
            lines.push_back(*line);
        }
    }
    return lines;
}

/// How far dark pixels go up from the line at `x`, over the cracks of thin lines in black and
/// white scans.
int run_above(const cv::Mat& dark, int x, int y_line, int most) {
    const int widest_crack = working_px({0.35}); // measured: 4 px at 300 dpi, straightened 1-bit
    int run = 0;
    int gap = 0;
    for (int y = y_line - 1; y >= std::max(0, y_line - most); --y) {
        if (dark.at<std::uint8_t>(y, x) != 0) {
            run = y_line - y;
            gap = 0;
        } else if (++gap > widest_crack) {
            break;
        }
    }
    return run;
}

/// Middle of every thin wall that stands on the line.
std::vector<double> ticks_on(const cv::Mat& dark, const Baseline& line) {
    std::vector<double> ticks;
    const int least = working_px(least_tick) + 1; // the line itself is part of the run
    const int margin = working_px({0.7});
    int begin = -1;
    for (int x = std::max(0, line.x0 - margin); x <= std::min(dark.cols, line.x1 + margin); ++x) {
        const bool stands =
            x < std::min(dark.cols, line.x1 + margin) &&
            run_above(dark, x, static_cast<int>(std::lround(line.y_at(x))), least + 2) >= least;
        if (stands && begin < 0) {
            begin = x;
        }
        if (!stands && begin >= 0) {
            if (x - begin <= working_px(widest_tick)) {
                ticks.push_back((begin + x - 1) / 2.0);
            }
            begin = -1;
        }
    }
    return ticks;
}

/// A comb whose end has no wall ends where its line ends.
void close_ends(Series& series, const Baseline& line) {
    constexpr double least_rest = 0.6;
    constexpr double most_rest = 1.15;
    const double right = (line.x1 - series.walls.back()) / series.pitch;
    if (right > least_rest && right < most_rest) {
        series.walls.push_back(series.walls.back() + series.pitch);
    }
    const double left = (series.walls.front() - line.x0) / series.pitch;
    if (left > least_rest && left < most_rest) {
        series.walls.insert(series.walls.begin(), series.walls.front() - series.pitch);
    }
}

/// Distance from the line to a line above that closes the cells; 0 when there is none.
double height_of_boxes(const cv::Mat& stretches, const Baseline& line, const Series& series) {
    const double least = 0.6 * series.pitch;
    const double most = 2.0 * series.pitch;
    for (int up = static_cast<int>(least); up <= static_cast<int>(most); ++up) {
        int covered = 0;
        int all = 0;
        for (double x = series.walls.front(); x < series.walls.back(); x += 2.0) {
            const int y = static_cast<int>(std::lround(line.y_at(x))) - up;
            const int column = std::clamp(static_cast<int>(x), 0, stretches.cols - 1);
            ++all;
            covered += y >= 1 && (stretches.at<std::uint8_t>(y, column) != 0 ||
                                  stretches.at<std::uint8_t>(y - 1, column) != 0)
                           ? 1
                           : 0;
        }
        if (covered * 10 >= all * 7) { // chosen: ink may hide a part of the line
            return up;
        }
    }
    return 0;
}

/// Cells of one series, in pixels of the page.
CombRow row_of(const Series& series, const Baseline& line, double height, double scale) {
    CombRow row;
    row.pitch_px = series.pitch * scale;
    const auto px = [&](double value) { return static_cast<int>(std::lround(value * scale)); };
    for (std::size_t i = 0; i + 1 < series.walls.size(); ++i) {
        const double bottom = line.y_at((series.walls[i] + series.walls[i + 1]) / 2);
        const Box cell{
            px(series.walls[i] + 0.5),
            std::max(0, px(bottom - height)),
            px(series.walls[i + 1] + 0.5),
            px(bottom + 0.5)};
        row.cells_px.push_back(cell);
        row.box_px = united(row.box_px, cell);
    }
    return row;
}

/// The key of a NIR may have narrower cells than its body, as on cerfa 14463.
bool is_key_of(const CombRow& body, const CombRow& key) {
    constexpr std::size_t body_cells = 13;
    constexpr std::size_t key_cells = 2;
    constexpr double narrowest = 0.6; // measured: 0.72 on cerfa 14463
    return body.cells_px.size() == body_cells && key.cells_px.size() == key_cells &&
           key.pitch_px > narrowest * body.pitch_px && key.pitch_px < body.pitch_px;
}

/// Do both stand on one line, with like cells and a gap narrower than three of them?
bool goes_on(const CombRow& left, const CombRow& right) {
    constexpr double like = 0.1;
    constexpr double most_gap = 3.0;
    const double pitch = std::max(left.pitch_px, right.pitch_px);
    const Box& last = left.cells_px.back();
    const Box& first = right.cells_px.front();
    const bool alike = std::abs(left.pitch_px - right.pitch_px) < like * pitch;
    return (alike || is_key_of(left, right)) && std::abs(last.y1 - first.y1) < 0.2 * pitch &&
           first.x0 >= last.x1 - pitch / 4 && first.x0 - last.x1 < most_gap * pitch;
}

/// Joins groups of cells and drops what stays too short.
std::vector<CombRow> joined_groups(std::vector<CombRow> parts) {
    std::ranges::sort(parts, {}, [](const CombRow& row) { return row.box_px.x0; });
    std::vector<CombRow> rows;
    for (CombRow& part : parts) {
        const auto before =
            std::ranges::find_if(rows, [&](const CombRow& row) { return goes_on(row, part); });
        if (before == rows.end()) {
            rows.push_back(std::move(part));
            continue;
        }
        before->cells_px.insert(before->cells_px.end(), part.cells_px.begin(), part.cells_px.end());
        before->box_px = united(before->box_px, part.box_px);
    }
    std::erase_if(rows, [](const CombRow& row) {
        return row.cells_px.size() < static_cast<std::size_t>(least_cells);
    });
    std::ranges::stable_sort(rows, {}, [](const CombRow& row) { return row.box_px.y1; });
    return rows;
}

} // namespace

std::vector<CombRow> find_comb_rows(const PageImage& grey) {
    if (grey.empty() || grey.channels != 1) {
        return {};
    }
    const cv::Mat page = view_of(grey);
    const double scale = std::max(1.0, grey.dpi / working_resolution.value);
    cv::Mat reduced;
    cv::resize(page, reduced, {}, 1 / scale, 1 / scale, cv::INTER_AREA);
    const cv::Mat dark = darker_than_around(reduced);
    const cv::Mat stretches = horizontal_stretches(dark);
    const SeriesLimits limits{
        static_cast<double>(working_px(least_pitch)),
        static_cast<double>(working_px(most_pitch)),
        tolerance.value / mm_per_inch * working_resolution.value,
        tolerance_share};
    std::vector<CombRow> parts;
    for (const Baseline& line : baselines_of(stretches)) {
        for (Series& series : regular_series(ticks_on(dark, line), limits)) {
            close_ends(series, line);
            const double closed = height_of_boxes(stretches, line, series);
            const double height = closed > 0 ? closed : open_cell_heights * series.pitch;
            parts.push_back(row_of(series, line, height, scale));
        }
    }
    return joined_groups(std::move(parts));
}

} // namespace pleiade::ocr
