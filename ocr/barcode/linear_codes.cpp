#include "ocr/barcode/linear_codes.h"

#include "core/units.h"
#include "ocr/barcode/bars.h"
#include "ocr/barcode/scan_lines.h"
#include "ocr/barcode/symbols.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

namespace pleiade::ocr {
namespace {

constexpr Millimetres quiet_zone{3.0};      // spec: ISO/IEC 15417, ten modules; 0.25 mm is common
constexpr int least_quiet_px = 16;          // chosen: ten modules of a pixel and a half
constexpr double longest_at_twice = 2200.0; // chosen: longer ones are large enough as they are
constexpr Millimetres surroundings{3.0};    // chosen: more than the widest bar of a small code
constexpr double fine_line_px = 5.0;        // chosen: of the page, more than a scratch
constexpr int most_fine_lines = 32;
constexpr int coarse_lines = 6; // chosen: against heavy noise
constexpr int least_lines = 2;
constexpr int least_weak_lines = 3;

/// What several ways of preparing the same bars said about one place.
struct Reading {
    Symbol symbol;          ///< Corners in pixels of the upright part.
    double support = 0.0;   ///< Share of the lines that said it, in the best preparation.
    unsigned prepared = 0U; ///< The preparations that said it, a bit for each.
};

struct Preparation {
    cv::Mat lines;
    Threshold threshold = Threshold::Local;
    double scale = 1.0; ///< Pixels of a line for one of the upright part.
    unsigned bit = 1U;
};

bool overlap(const Symbol& a, const Symbol& b) {
    return a.mark.box_px.x0 < b.mark.box_px.x1 && b.mark.box_px.x0 < a.mark.box_px.x1;
}

bool same(const Mark& a, const Mark& b) {
    return a.format == b.format && a.text == b.text;
}

/// Whether the columns differ more from each other than within themselves, and often enough. Costs
/// little; letters, rules and tables fail.
bool looks_like_bars(const cv::Mat& upright) {
    constexpr double least_share = 0.3; // chosen: of the contrast that is left in the mean column
    constexpr int least_changes = 18;   // spec: EAN-8 and a Code 39 of two characters have more
    cv::Mat profile;
    cv::reduce(upright, profile, 0, cv::REDUCE_AVG, CV_32F);
    cv::Mat spread;
    cv::Mat mean;
    cv::meanStdDev(upright, mean, spread);
    const double whole = spread.at<double>(0);
    cv::meanStdDev(profile, mean, spread);
    if (spread.at<double>(0) < least_share * whole) {
        return false;
    }
    int changes = 0;
    float extreme = profile.at<float>(0, 0);
    bool rising = true;
    const auto step = static_cast<float>(least_share * spread.at<double>(0));
    for (int x = 1; x < profile.cols; ++x) {
        const float value = profile.at<float>(0, x);
        if (rising ? value > extreme : value < extreme) {
            extreme = value;
        } else if (std::abs(value - extreme) > step) {
            rising = !rising;
            extreme = value;
            ++changes;
        }
    }
    return changes >= least_changes;
}

/// The value that so much of the pixels is brighter than.
int level_of(const cv::Mat& part, double brighter_share) {
    std::array<int, 256> count{};
    for (int y = 0; y < part.rows; ++y) {
        for (int x = 0; x < part.cols; ++x) {
            ++count.at(part.at<uchar>(y, x));
        }
    }
    const auto most = static_cast<int>(brighter_share * static_cast<double>(part.total()));
    int level = 255;
    for (int brighter = count.at(255); level > 0 && brighter <= most; --level) {
        brighter += count.at(static_cast<std::size_t>(level) - 1);
    }
    return level;
}

/// Margins no brighter than the spaces between the bars beside them: next to a coloured label the
/// white of the sheet would make the label itself dark.
cv::Mat with_even_margins(const cv::Mat& upright, int margin_px) {
    constexpr double brightest_share = 0.05;
    cv::Mat even = upright.clone();
    margin_px = std::min(margin_px, upright.cols / 3);
    const int half = upright.cols / 2;
    for (const bool left : {true, false}) {
        cv::Mat margin = left ? even.colRange(0, margin_px)
                              : even.colRange(upright.cols - margin_px, upright.cols);
        const cv::Mat bars = left ? upright.colRange(margin_px, half)
                                  : upright.colRange(half, upright.cols - margin_px);
        if (!margin.empty() && !bars.empty()) {
            const int level = level_of(bars, brightest_share);
            cv::min(margin, static_cast<double>(level), margin);
        }
    }
    return even;
}

/// Whether paper, and not ink, lies at both ends of the bars. Looked at is the middle of the quiet
/// zones: what is further away may be another paper, what is nearer a bar.
bool ends_are_light(const cv::Mat& upright, int quiet_px) {
    const int from = std::min(quiet_px / 3, upright.cols / 4);
    const int to = std::max(from + 1, std::min(2 * quiet_px / 3, upright.cols / 3));
    double darkest = 0.0;
    double brightest = 0.0;
    cv::minMaxLoc(upright, &darkest, &brightest);
    const double middle = (darkest + brightest) / 2.0;
    return cv::mean(upright.colRange(from, to))[0] > middle &&
           cv::mean(upright.colRange(upright.cols - to, upright.cols - from))[0] > middle;
}

class BarReader {
public:
    BarReader(UprightPart bars, int dpi, int quiet_px)
        : part_(std::move(bars)), dpi_(dpi), quiet_px_(static_cast<int>(quiet_px * part_.scale)) {}

    std::vector<Mark> read() {
        std::vector<Mark> dark = read_as_it_is();
        if (!dark.empty()) {
            return dark;
        }
        cv::bitwise_not(part_.grey, part_.grey);
        return read_as_it_is();
    }

private:
    std::vector<Mark> read_as_it_is() {
        readings_.clear();
        // measured: spaces read as bars gave a number for one of some thirty DataBars: its check
        // (modulo 79) is weak
        data_bars_possible_ = part_.grey.cols > 4 && ends_are_light(part_.grey, quiet_px_);
        const cv::Mat even = with_even_margins(part_.grey, margin_px());
        for (const int count : {fine_lines(), coarse_lines}) {
            read_lines(averaged_lines(even, count));
        }
        return believed();
    }

    /// The quiet zone, and the cell in which the first bar stands.
    [[nodiscard]] int margin_px() const {
        constexpr Millimetres cell{1.2};
        return quiet_px_ + to_pixels(cell, {dpi_ * part_.scale});
    }

    [[nodiscard]] int fine_lines() const {
        const double height = part_.region.height_px;
        return std::clamp(
            static_cast<int>(height / fine_line_px), least_weak_lines + 1, most_fine_lines
        );
    }

    void read_lines(const cv::Mat& lines) {
        const int reach = to_pixels(surroundings, {dpi_ * part_.scale});
        constexpr double slight = 1.0; // chosen: in pixels of the page
        constexpr double strong = 1.8;
        cv::Mat natural = lines;
        if (part_.scale > 1.0) {
            cv::resize(lines, natural, {}, 1.0 / part_.scale, 1.0, cv::INTER_AREA);
        }
        unsigned bit = 1U;
        read_prepared({natural, Threshold::Local, 1.0 / part_.scale, bit});
        read_prepared({black_and_white(lines, reach), Threshold::Middle, 2.0, bit <<= 1U});
        for (const double blur_px : {slight, strong}) {
            read_prepared(
                {black_and_white(sharpened(lines, blur_px * part_.scale), reach),
                 Threshold::Middle,
                 2.0,
                 bit <<= 1U}
            );
        }
    }

    void read_prepared(const Preparation& prepared) {
        std::vector<Symbol> symbols = linear_symbols(prepared.lines, prepared.threshold);
        if (symbols.empty() && data_bars_possible_) {
            symbols = agreed_data_bars(prepared);
        }
        for (Symbol& symbol : symbols) {
            const double rows = static_cast<double>(part_.grey.rows) / prepared.lines.rows;
            for (cv::Point& corner : symbol.corners) {
                corner.x = static_cast<int>(corner.x / prepared.scale);
                corner.y = static_cast<int>((corner.y + 0.5) * rows);
            }
            symbol.mark.box_px.x0 = std::min(symbol.corners[0].x, symbol.corners[1].x);
            symbol.mark.box_px.x1 = std::max(symbol.corners[0].x, symbol.corners[1].x) + 1;
            const double support = static_cast<double>(symbol.lines) / prepared.lines.rows;
            add({std::move(symbol), support, prepared.bit});
        }
    }

    /// What every other line says and the lines between them too.
    static std::vector<Symbol> agreed_data_bars(const Preparation& prepared) {
        std::vector<Symbol> symbols =
            data_bar_symbols(half_of(prepared.lines, 0), prepared.threshold);
        if (symbols.empty()) {
            return symbols;
        }
        const std::vector<Symbol> others =
            data_bar_symbols(half_of(prepared.lines, 1), prepared.threshold);
        std::erase_if(symbols, [&](const Symbol& symbol) {
            return std::none_of(others.begin(), others.end(), [&](const Symbol& other) {
                return same(symbol.mark, other.mark);
            });
        });
        for (Symbol& symbol : symbols) {
            symbol.lines = std::max(symbol.lines, least_lines);
            for (cv::Point& corner : symbol.corners) {
                corner.y *= 2;
            }
        }
        return symbols;
    }

    static cv::Mat half_of(const cv::Mat& lines, int first) {
        cv::Mat half;
        for (int y = first; y < lines.rows; y += 2) {
            half.push_back(lines.row(y));
        }
        return half;
    }

    void add(Reading reading) {
        const auto known =
            std::find_if(readings_.begin(), readings_.end(), [&](const Reading& other) {
                return same(other.symbol.mark, reading.symbol.mark) &&
                       overlap(other.symbol, reading.symbol);
            });
        if (known == readings_.end()) {
            readings_.push_back(std::move(reading));
        } else {
            const unsigned prepared = known->prepared | reading.prepared;
            if (known->support < reading.support) {
                *known = std::move(reading);
            }
            known->prepared = prepared;
        }
    }

    [[nodiscard]] bool supported(const Reading& reading) const {
        constexpr double least_share = 0.25; // chosen
        if (strongly_checked(reading.symbol.mark)) {
            return reading.symbol.lines >= least_lines;
        }
        // What a blur makes of narrow bars is the same on every line, but seldom in two
        // preparations.
        const bool twice = std::popcount(reading.prepared) > 1;
        return twice && reading.symbol.lines >= least_weak_lines && reading.support >= least_share;
    }

    /// Nothing that overlaps says something else nearly as often.
    [[nodiscard]] bool uncontradicted(const Reading& reading) const {
        constexpr double clearly = 2.0; // chosen
        return std::none_of(readings_.begin(), readings_.end(), [&](const Reading& other) {
            return !same(other.symbol.mark, reading.symbol.mark) &&
                   overlap(other.symbol, reading.symbol) &&
                   strongly_checked(other.symbol.mark) >= strongly_checked(reading.symbol.mark) &&
                   other.support * clearly > reading.support;
        });
    }

    [[nodiscard]] std::vector<Mark> believed() const {
        cv::Mat smooth; // along the bars, so that noise does not end them
        constexpr int along = 5;
        cv::blur(part_.grey, smooth, {1, along});
        std::vector<Mark> marks;
        for (const Reading& reading : readings_) {
            if (!supported(reading) || !uncontradicted(reading)) {
                continue;
            }
            const Box box = grown_along_bars(smooth, reading.symbol);
            if (plausible(reading.symbol, box, static_cast<int>(dpi_ * part_.scale))) {
                Mark mark = reading.symbol.mark;
                mark.box_px = part_.in_picture(box);
                marks.push_back(std::move(mark));
            }
        }
        return marks;
    }

    UprightPart part_;
    int dpi_;
    int quiet_px_; ///< Beside the bars, in pixels of the upright part.
    bool data_bars_possible_ = true;
    std::vector<Reading> readings_;
};

} // namespace

std::vector<Mark> linear_codes(const cv::Mat& picture, const Region& region, int dpi) {
    constexpr double most_height = 5.0; // chosen: times the width; rules are longer
    constexpr Millimetres highest_code{
        80.0}; // chosen: labels of pallets have bars of 32 mm and more
    const Dpi resolution{static_cast<double>(dpi)};
    if (region.height_px > most_height * region.width_px ||
        region.height_px > to_pixels(highest_code, resolution)) {
        return {};
    }
    // The cells tell the direction roughly, the pixels well.
    const UprightPart first = upright_part(picture, region, 1.0);
    Region exact = region;
    const double correction = across_bars_deg(first.grey);
    constexpr double most_correction_deg = 15.0; // chosen: more is another structure
    if (std::abs(correction) < most_correction_deg) {
        exact.angle_deg += correction;
    }
    constexpr double level_enough_deg = 0.5; // chosen
    const bool level = std::abs(correction) < level_enough_deg;
    if (!looks_like_bars(level ? first.grey : upright_part(picture, exact, 1.0).grey)) {
        return {};
    }
    const int quiet_px = std::max(to_pixels(quiet_zone, resolution), least_quiet_px);
    const double scale = region.width_px < longest_at_twice / 2.0 ? 2.0 : 1.0;
    UprightPart bars = upright_part(picture, grown(exact, 2.0 * quiet_px, 0.0), scale);
    return BarReader(std::move(bars), dpi, quiet_px).read();
}

} // namespace pleiade::ocr
