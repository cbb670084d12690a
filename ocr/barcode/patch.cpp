#include "ocr/barcode/patch.h"

#include "core/units.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>

namespace pleiade::ocr {
namespace {

// spec: Kodak A-61599: narrow bars and all spaces 0.08 inch, wide bars 0.20 inch, 0.80 in all:
// 2.5 units a wide bar, 10 units the code.
constexpr double wide_units = 2.5;
constexpr double code_units = 10.0;
constexpr std::size_t runs_of_code = 7; // four bars, three spaces

// chosen: 0.08 inch is 2.03 mm; sheets are printed fitted to the page, copied, and scanned at a
// resolution that is only guessed
constexpr Millimetres least_unit{1.6};
constexpr Millimetres most_unit{2.5};
constexpr double unit_tolerance = 0.45;   // chosen: half of the way between narrow and wide is 0.75
constexpr Millimetres least_length{18.0}; // spec: 0.75 inch (19 mm), less a millimetre of damage
constexpr Millimetres scan_step{1.0};     // chosen
constexpr Millimetres most_drift{0.3};    // chosen: bars askew by up to 15 degrees
constexpr int steps_forgiven = 3;         // chosen: text or a hole on the bars
constexpr int dark = 128;                 // chosen: bars are printed black

struct Pattern {
    const char* bars; ///< From the leading edge: W wide, N narrow.
    const char* name;
};

// spec: Kodak A-61599, table of zones A to G
constexpr std::array<Pattern, 6> patterns{{
    {"WWNN", "1"},
    {"WNNW", "2"},
    {"WNWN", "3"},
    {"NWWN", "4"},
    {"NNWW", "6"},
    {"NWNW", "T"},
}};

/// Four bars met on one scan line.
struct Crossing {
    std::string bars;
    int from = 0;
    int to = 0;
};

/// Crossings of neighbouring scan lines that belong together.
struct Band {
    Crossing latest;
    int first_line = 0;
    int last_line = 0;
    int from = 0;
    int to = 0;
};

std::optional<std::string> bars_of(const int* runs, double unit) {
    std::string bars;
    for (std::size_t i = 0; i < runs_of_code; ++i) {
        const double units = runs[i] / unit;
        const bool bar = i % 2 == 0;
        if (std::abs(units - 1.0) <= unit_tolerance) {
            bars += bar ? "N" : "";
        } else if (bar && std::abs(units - wide_units) <= unit_tolerance) {
            bars += "W";
        } else {
            return std::nullopt;
        }
    }
    return bars;
}

/// Runs of one column: lengths, alternately white and black, white first.
std::vector<int> runs_of_column(const cv::Mat& black, int column) {
    std::vector<int> runs{0};
    bool in_black = false;
    for (int y = 0; y < black.rows; ++y) {
        const bool here = black.at<uchar>(y, column) != 0;
        if (here != in_black) {
            runs.push_back(0);
            in_black = here;
        }
        ++runs.back();
    }
    return runs;
}

std::vector<Crossing> crossings_of_column(const cv::Mat& black, int column, Dpi resolution) {
    const std::vector<int> runs = runs_of_column(black, column);
    const int least_px = to_pixels({least_unit.value * code_units}, resolution);
    const int most_px = to_pixels({most_unit.value * code_units}, resolution);
    std::vector<Crossing> crossings;
    int start = runs.front();
    for (std::size_t i = 1; i + runs_of_code < runs.size(); ++i) {
        int length = 0;
        for (std::size_t k = i; k < i + runs_of_code; ++k) {
            length += runs[k];
        }
        const double unit = length / code_units;
        const bool black_first = i % 2 == 1;
        if (black_first && length >= least_px && length <= most_px && runs[i - 1] >= unit &&
            runs[i + runs_of_code] >= unit) {
            if (const auto bars = bars_of(&runs[i], unit)) {
                crossings.push_back({*bars, start, start + length});
            }
        }
        start += runs[i];
    }
    return crossings;
}

/// Where the picture is gone through.
struct Walk {
    int step_px = 1;
    int drift_px = 1; ///< How far bars may move from one step to the next.
};

bool continues(const Band& band, const Crossing& crossing, int line, const Walk& walk) {
    const int lines = (line - band.last_line) / walk.step_px;
    const int drift_px = 1 + lines * walk.drift_px;
    return lines <= steps_forgiven && band.latest.bars == crossing.bars &&
           std::abs(band.latest.from - crossing.from) <= drift_px &&
           std::abs(band.latest.to - crossing.to) <= drift_px;
}

void extend(std::vector<Band>& bands, const Crossing& crossing, int line, const Walk& walk) {
    const auto band = std::find_if(bands.begin(), bands.end(), [&](const Band& known) {
        return continues(known, crossing, line, walk);
    });
    if (band == bands.end()) {
        bands.push_back({crossing, line, line, crossing.from, crossing.to});
        return;
    }
    band->latest = crossing;
    band->last_line = line;
    band->from = std::min(band->from, crossing.from);
    band->to = std::max(band->to, crossing.to);
}

std::vector<Band> bands_across_columns(const cv::Mat& black, Dpi resolution) {
    const Walk walk{
        std::max(1, to_pixels(scan_step, resolution)), to_pixels(most_drift, resolution)};
    std::vector<Band> bands;
    for (int column = walk.step_px; column < black.cols; column += walk.step_px) {
        for (const Crossing& crossing : crossings_of_column(black, column, resolution)) {
            extend(bands, crossing, column, walk);
        }
    }
    const int length_px = to_pixels(least_length, resolution);
    bands.erase(
        std::remove_if(
            bands.begin(),
            bands.end(),
            [&](const Band& band) { return band.last_line - band.first_line < length_px; }
        ),
        bands.end()
    );
    return bands;
}

std::string name_of(std::string bars, bool from_far_edge) {
    if (from_far_edge) {
        std::reverse(bars.begin(), bars.end());
    }
    const auto* pattern = std::find_if(patterns.begin(), patterns.end(), [&](const Pattern& known) {
        return bars == known.bars;
    });
    return pattern == patterns.end() ? "" : pattern->name;
}

enum class Bars { Horizontal, Vertical };

void add_marks(const ReducedPage& page, const cv::Mat& black, Bars bars, std::vector<Mark>& marks) {
    for (const Band& band : bands_across_columns(black, Dpi{static_cast<double>(page.dpi)})) {
        const std::string name = name_of(band.latest.bars, band.from + band.to > black.rows);
        if (name.empty()) {
            continue;
        }
        const Box box = bars == Bars::Horizontal
                            ? Box{band.first_line, band.from, band.last_line + 1, band.to}
                            : Box{band.from, band.first_line, band.to, band.last_line + 1};
        marks.push_back({"Patch" + name, name, page.on_page(box), Check::None});
    }
}

} // namespace

std::vector<Mark> patch_codes(const ReducedPage& page) {
    cv::Mat black;
    cv::threshold(page.grey, black, dark, 255.0, cv::THRESH_BINARY_INV);
    std::vector<Mark> marks;
    add_marks(page, black, Bars::Horizontal, marks);
    add_marks(page, black.t(), Bars::Vertical, marks);
    return marks;
}

} // namespace pleiade::ocr
