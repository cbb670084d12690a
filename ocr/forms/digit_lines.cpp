#include "ocr/forms/digit_lines.h"

#include "core/units.h"
#include "ocr/forms/line_removal.h"
#include "ocr/forms/median.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace pleiade::ocr {
namespace {

constexpr Millimetres shortest_line{3.2}; // chosen: wider than a digit, narrower than a cell
constexpr Millimetres lowest_wall{4.6};   // chosen: higher than a digit
constexpr Millimetres least_digit{1.7};   // chosen: lower ones are dots and ticks
constexpr Millimetres highest_digit{5.5}; // chosen: higher ones are streaks and frames
constexpr Millimetres widest_digit{4.5};  // chosen
constexpr double like_height = 0.2;       // chosen: of the height
constexpr double like_middle = 0.25;      // chosen: of the height
constexpr std::size_t least_alike = 4;    // chosen: fewer are no row of a number
constexpr std::size_t most_lines = 3;     // chosen: 15 ms each

constexpr Dpi page_resolution{150.0};    // chosen: a page takes 15 ms
constexpr Millimetres least_pitch{3.0};  // chosen: cells have 3.2 and more, text of 11 points 2.1
constexpr Millimetres least_height{1.9}; // chosen: digits of 8 points; small letters are lower
constexpr std::size_t least_chain = 8;   // chosen: a date
constexpr std::size_t most_spaced = 12;  // chosen: lines of a page

struct Ink {
    double x = 0.0;
    double y = 0.0;
    double height = 0.0;
    double width = 0.0;
};

/// What may be digits or large parts of them once the lines are taken out of the ink.
std::vector<Ink> inks_in(cv::Mat ink, Dpi resolution) {
    cv::Mat lines = opened(ink, to_pixels(shortest_line, resolution), 1);
    cv::dilate(lines, lines, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    lines &= ink;
    cv::Mat walls = opened(ink, 1, to_pixels(lowest_wall, resolution));
    cv::dilate(walls, walls, cv::getStructuringElement(cv::MORPH_RECT, {3, 1}));
    ink.setTo(0, walls);
    clear_lines(ink, lines);
    cv::Mat labels;
    cv::Mat stats;
    cv::Mat centres;
    const int count = cv::connectedComponentsWithStats(ink, labels, stats, centres, 8, CV_32S);
    std::vector<Ink> inks;
    for (int label = 1; label < count; ++label) {
        const int top = stats.at<int>(label, cv::CC_STAT_TOP);
        const int height = stats.at<int>(label, cv::CC_STAT_HEIGHT);
        const int width = stats.at<int>(label, cv::CC_STAT_WIDTH);
        const bool cut_off = top == 0 || top + height == ink.rows;
        if (!cut_off && height >= to_pixels(least_digit, resolution) &&
            height <= to_pixels(highest_digit, resolution) &&
            width <= to_pixels(widest_digit, resolution)) {
            inks.push_back(
                {stats.at<int>(label, cv::CC_STAT_LEFT) + width / 2.0,
                 top + height / 2.0,
                 static_cast<double>(height),
                 static_cast<double>(width)}
            );
        }
    }
    return inks;
}

/// Of one place: half way between paper and ink, where lines of a light colour drop out already.
cv::Mat ink_of_place(const cv::Mat& grey) {
    constexpr double share_of_ink = 0.004; // chosen: thirteen thin digits cover 0.7 % of a place
    const int paper = level_at(grey, 0.6);
    const int darkest = level_at(grey, share_of_ink);
    return paper - darkest < faintest_ink ? cv::Mat(cv::Mat::zeros(grey.size(), CV_8UC1))
                                          : cv::Mat(grey < (paper + darkest) / 2);
}

bool alike(const Ink& a, const Ink& b) {
    return std::abs(a.height - b.height) <= like_height * b.height &&
           std::abs(a.y - b.y) <= like_middle * b.height;
}

std::vector<Ink> those_like(const std::vector<Ink>& inks, const Ink& first) {
    std::vector<Ink> same;
    std::ranges::copy_if(inks, std::back_inserter(same), [&](const Ink& other) {
        return alike(other, first);
    });
    return same;
}

/// Ticks are as many as digits, and thinner.
double weight_of(const std::vector<Ink>& inks) {
    double weight = 0.0;
    for (const Ink& ink : inks) {
        weight += ink.width;
    }
    return weight;
}

/// Least squares through the middles.
DigitLine line_through(const std::vector<Ink>& inks, double width) {
    double sx = 0;
    double sy = 0;
    double sxx = 0;
    double sxy = 0;
    std::vector<double> heights;
    for (const Ink& ink : inks) {
        sx += ink.x;
        sy += ink.y;
        sxx += ink.x * ink.x;
        sxy += ink.x * ink.y;
        heights.push_back(ink.height);
    }
    const auto n = static_cast<double>(inks.size());
    const double spread = n * sxx - sx * sx;
    constexpr double steepest = 0.02; // chosen: pages are straightened to better than a degree
    const double slope =
        spread > 0 ? std::clamp((n * sxy - sx * sy) / spread, -steepest, steepest) : 0.0;
    return {0.0, width, (sy - slope * sx) / n, slope, median(heights)};
}

/// The page in half the resolution: what is darker than its neighbourhood.
cv::Mat dark_of_page(const cv::Mat& page, double scale) {
    constexpr int least_darker = 20; // chosen: noise of a scanner after averaging is 4
    cv::Mat reduced;
    cv::resize(page, reduced, {}, 1 / scale, 1 / scale, cv::INTER_AREA);
    const int window = 2 * to_pixels({2.0}, page_resolution) + 1;
    cv::Mat around;
    cv::boxFilter(reduced, around, -1, {window, window});
    cv::Mat difference;
    cv::subtract(around, reduced, difference);
    return difference > least_darker;
}

/// From one ink to the next like it on the right.
std::vector<Ink> chain_from(const std::vector<Ink>& inks, std::size_t first) {
    constexpr double farthest = 4.5; // chosen: heights; a hidden character and the gap of a group
    std::vector<Ink> chain{inks[first]};
    for (std::size_t i = first + 1; i < inks.size(); ++i) {
        if (inks[i].x - chain.back().x > farthest * chain.back().height) {
            break;
        }
        if (alike(inks[i], chain.back())) {
            chain.push_back(inks[i]);
        }
    }
    return chain;
}

double step_of(const std::vector<Ink>& chain) {
    return usual_step(chain, [](const Ink& ink) { return ink.x; });
}

/// Words have ink of other heights between that of one height.
bool stands_among_its_like(const std::vector<Ink>& chain, const std::vector<Ink>& inks) {
    constexpr double least_share = 0.85; // chosen
    constexpr double low = 0.5;          // chosen: of the height; ticks are lower
    const double height = chain.front().height;
    const auto all = std::ranges::count_if(inks, [&](const Ink& ink) {
        return ink.x >= chain.front().x && ink.x <= chain.back().x && ink.height >= low * height &&
               std::abs(ink.y - chain.front().y) < height;
    });
    return static_cast<double>(chain.size()) >= least_share * static_cast<double>(all);
}

/// Inks that may be a number, the longest first.
std::vector<std::vector<Ink>> chains_in(std::vector<Ink> inks, Dpi resolution) {
    std::ranges::sort(inks, {}, &Ink::x);
    std::vector<std::vector<Ink>> chains;
    for (std::size_t first = 0; first < inks.size(); ++first) {
        if (inks[first].height < to_pixels(least_height, resolution)) {
            continue;
        }
        std::vector<Ink> chain = chain_from(inks, first);
        const bool part_of_another = std::ranges::any_of(chains, [&](const auto& other) {
            return inks[first].x > other.front().x && inks[first].x <= other.back().x &&
                   alike(inks[first], other.front());
        });
        if (chain.size() >= least_chain && !part_of_another &&
            step_of(chain) >= to_pixels(least_pitch, resolution) &&
            stands_among_its_like(chain, inks)) {
            chains.push_back(std::move(chain));
        }
    }
    std::ranges::stable_sort(chains, std::ranges::greater{}, &std::vector<Ink>::size);
    chains.resize(std::min(chains.size(), most_spaced));
    return chains;
}

} // namespace

std::vector<DigitLine> spaced_lines(const PageImage& grey) {
    if (grey.empty() || grey.channels != 1) {
        return {};
    }
    const double scale = std::max(1.0, grey.dpi / page_resolution.value);
    const Dpi resolution{static_cast<double>(grey.dpi) / scale};
    std::vector<DigitLine> lines;
    for (const std::vector<Ink>& chain :
         chains_in(inks_in(dark_of_page(view_of(grey), scale), resolution), resolution)) {
        constexpr double beyond = 3.5; // chosen: steps; the first or the last may have been lost
        const DigitLine line = line_through(chain, 0.0);
        const double x0 = std::max(0.0, chain.front().x - beyond * step_of(chain));
        const double x1 = chain.back().x + beyond * step_of(chain);
        lines.push_back(
            {x0 * scale,
             std::min<double>(x1 * scale, grey.width_px),
             line.y_at(x0) * scale,
             line.slope,
             line.height_px * scale}
        );
    }
    return lines;
}

std::vector<DigitLine> digit_lines(const PageImage& grey, const Box& place_px) {
    const Box place = intersection(place_px, {0, 0, grey.width_px, grey.height_px});
    if (place.empty()) {
        return {};
    }
    const cv::Mat part = view_of(grey)(cv::Rect(place.x0, place.y0, place.width(), place.height()));
    std::vector<Ink> inks = inks_in(ink_of_place(part), Dpi{static_cast<double>(grey.dpi)});
    std::vector<DigitLine> lines;
    while (lines.size() < most_lines) {
        std::vector<Ink> most;
        for (const Ink& first : inks) {
            std::vector<Ink> same = those_like(inks, first);
            if (same.size() >= least_alike && weight_of(same) > weight_of(most)) {
                most = std::move(same);
            }
        }
        if (most.empty()) {
            break;
        }
        DigitLine line = line_through(most, place.width());
        std::erase_if(inks, [&](const Ink& ink) {
            return std::abs(ink.y - line.y_at(ink.x)) < 2 * like_middle * line.height_px;
        });
        line.x0_px += place.x0;
        line.x1_px += place.x0;
        line.y_px += place.y0;
        lines.push_back(line);
    }
    return lines;
}

} // namespace pleiade::ocr
