// Lower and upper edges of ink are projected along many directions: along the lines of a page they
// fall together in a few places, in any other direction they spread.
// Source: W. Postl, Detection of linear oblique structures and skew scan, ICPR 1986.

#include "capture/image/clean/skew.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace pleiade::image {
namespace {

constexpr double most_skew_deg = 45.0;    // spec: beyond, it is the other direction of the page
constexpr double coarse_step_deg = 0.5;   // measured: a full line of 8 pt is 0.7 degrees wide
constexpr std::size_t least_points = 150; // measured: one short line of type gives 200

using Points = std::vector<cv::Point2f>;

enum class Edges { Lower, Right };

/// How far beyond the last pixel of ink its edge lies, in pixels: where the contrast has fallen to
/// half of what it was.
float beyond(std::uint8_t inside, std::uint8_t outside) {
    const int fall = inside - outside;
    return fall <= 0
               ? 0.5F
               : std::clamp(static_cast<float>(outside) / static_cast<float>(fall), 0.0F, 1.0F);
}

/// Where ink ends downwards (or to the right, with the axes turned so that lines come out level).
Points ends_of_ink(const cv::Mat& ink, const cv::Mat& contrast, Edges edges) {
    Points points;
    constexpr int together = 8; // pixels looked at in one go: most of a page is paper
    for (int y = 0; y + 1 < ink.rows; ++y) {
        const std::uint8_t* row = ink.ptr(y);
        const std::uint8_t* below = ink.ptr(y + 1);
        const std::uint8_t* level = contrast.ptr(y);
        const std::uint8_t* level_below = contrast.ptr(y + 1);
        for (int x = 0; x + 1 < ink.cols; ++x) {
            std::uint64_t eight = 1;
            if (x + together < ink.cols) {
                std::memcpy(&eight, row + x, together);
            }
            if (eight == 0) {
                x += together - 1;
            } else if (row[x] != 0 && edges == Edges::Lower && below[x] == 0) {
                points.emplace_back(
                    static_cast<float>(x), static_cast<float>(y) + beyond(level[x], level_below[x])
                );
            } else if (row[x] != 0 && edges == Edges::Right && row[x + 1] == 0) {
                // A quarter turn counter-clockwise: the right edge of the page becomes its top.
                points.emplace_back(
                    static_cast<float>(y),
                    static_cast<float>(ink.cols - 1 - x) - beyond(level[x], level[x + 1])
                );
            }
        }
    }
    return points;
}

Points thinned(const Points& points, std::size_t most) {
    const std::size_t step = std::max<std::size_t>(1, points.size() / most);
    Points kept;
    kept.reserve(points.size() / step + 1);
    for (std::size_t i = 0; i < points.size(); i += step) {
        kept.push_back(points[i]);
    }
    return kept;
}

/// How sharply the points fall into rows when seen under an angle.
class Projector {
public:
    /// @param row_px Height of the rows.
    /// @param bands The points are shared out, from left to right, between so many sets of rows:
    /// lines of one column must not be drawn to those of the next.
    Projector(Points points, int longest_side, double row_px, int bands = 1)
        : points_(std::move(points)),
          rows_(static_cast<std::size_t>(3 * longest_side / row_px) + 2),
          counts_(rows_ * static_cast<std::size_t>(bands)),
          bands_per_px_(static_cast<float>(bands) / static_cast<float>(longest_side)),
          offset_(static_cast<float>(longest_side / row_px)),
          rows_per_px_(1.0 / row_px) {}

    double sharpness(double angle_deg) {
        std::ranges::fill(counts_, 0.0F);
        const double angle = angle_deg * CV_PI / 180.0;
        const auto sine = static_cast<float>(std::sin(angle) * rows_per_px_);
        const auto cosine = static_cast<float>(std::cos(angle) * rows_per_px_);
        for (const cv::Point2f& point : points_) {
            // Shared out between two rows: a line half a row off must not lose.
            const float row = point.y * cosine - point.x * sine + offset_;
            auto at = static_cast<std::size_t>(row);
            const float part = row - static_cast<float>(at);
            at += rows_ * static_cast<std::size_t>(point.x * bands_per_px_);
            counts_[at] += 1.0F - part;
            counts_[at + 1] += part;
        }
        float sum = 0.0F;
        for (std::size_t i = 1; i < counts_.size(); ++i) {
            const float both = counts_[i] + counts_[i - 1];
            sum += both * both;
        }
        return static_cast<double>(sum);
    }

private:
    Points points_;
    std::size_t rows_;
    std::vector<float> counts_;
    float bands_per_px_;
    float offset_;
    double rows_per_px_;
};

/// The few angles at which the points fall into rows best, not near each other.
void add_peaks(const Points& all, int longest, bool downwards, std::vector<LikelyLines>& likely) {
    if (all.size() < least_points) {
        return;
    }
    constexpr std::size_t most_points = 4'000; // measured: more changes nothing but the time
    constexpr double row_px = 2.0;
    constexpr double least_contrast = 1.15; // measured: noise is at 1.05
    constexpr std::size_t most_peaks = 3;   // chosen: lines, columns, and a stamp or a streak
    constexpr double apart_deg = 3.0;
    Projector projector(thinned(all, most_points), longest, row_px);
    std::vector<double> scores;
    for (double angle = -most_skew_deg; angle <= most_skew_deg; angle += coarse_step_deg) {
        scores.push_back(projector.sharpness(angle));
    }
    std::vector<double> sorted = scores;
    const auto middle = sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2);
    std::ranges::nth_element(sorted, middle);
    const double usual = *middle;
    for (std::size_t peak = 0; peak < most_peaks; ++peak) {
        const auto best = std::ranges::max_element(scores);
        if (usual <= 0.0 || *best < least_contrast * usual) {
            return;
        }
        const auto at = best - scores.begin();
        likely.push_back(
            {{downwards, -most_skew_deg + static_cast<double>(at) * coarse_step_deg}, *best / usual}
        );
        constexpr auto near = static_cast<std::ptrdiff_t>(apart_deg / coarse_step_deg);
        const auto from = std::max<std::ptrdiff_t>(0, at - near);
        const auto to = std::min(std::ssize(scores), at + near + 1);
        std::fill(scores.begin() + from, scores.begin() + to, 0.0);
    }
}

/// The middle of the peak rather than its highest point: that one jumps with the pixel grid.
double middle_of_peak(Projector& projector, double from, double step, int steps) {
    constexpr double upper_part = 0.6; // measured: least error on pages turned by known angles
    std::vector<double> scores;
    for (int i = 0; i <= steps; ++i) {
        scores.push_back(projector.sharpness(from + i * step));
    }
    const auto [low, top] = std::ranges::minmax(scores);
    double weight = 0.0;
    double weighted = 0.0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double above = scores[i] - (low + upper_part * (top - low));
        if (above > 0) {
            weight += above;
            weighted += above * (from + static_cast<double>(i) * step);
        }
    }
    return weight > 0 ? weighted / weight : from + step * steps / 2;
}

} // namespace

LineFinder::LineFinder(const cv::Mat& ink, const cv::Mat& contrast)
    : longest_(ink.rows + ink.cols),
      lower_(ends_of_ink(ink, contrast, Edges::Lower)),
      right_(ends_of_ink(ink, contrast, Edges::Right)) {}

std::vector<LikelyLines> LineFinder::likely() const {
    std::vector<LikelyLines> likely;
    add_peaks(lower_, longest_, false, likely);
    add_peaks(right_, longest_, true, likely);
    std::ranges::stable_sort(likely, std::greater{}, &LikelyLines::contrast);
    return likely;
}

std::optional<Reading> LineFinder::near(const Reading& reading) const {
    constexpr double reach_deg = 4.0; // chosen: directions further apart are tried for themselves
    constexpr double step_deg = 0.25;
    constexpr std::size_t enough_points = 400; // measured: two short lines of type
    constexpr std::size_t most_points = 6'000;
    const Points& points = reading.downwards ? right_ : lower_;
    if (points.size() < enough_points) {
        return std::nullopt;
    }
    Projector projector(thinned(points, most_points), longest_, 1.0);
    Reading best = reading;
    double most = 0.0;
    for (double angle = reading.skew_deg - reach_deg; angle <= reading.skew_deg + reach_deg;
         angle += step_deg) {
        const double sharpness = projector.sharpness(angle);
        if (sharpness > most) {
            most = sharpness;
            best.skew_deg = angle;
        }
    }
    return best;
}

Reading LineFinder::precisely(const Reading& rough) const {
    const Points& points = rough.downwards ? right_ : lower_;
    constexpr std::size_t some_points = 10'000;
    constexpr std::size_t many_points = 40'000;
    constexpr int steps = 10;
    constexpr int bands = 5; // chosen: of width and height together, 10 cm of an A4 page
    constexpr double fine_step_deg = 0.1;
    constexpr double finest_step_deg = 0.04;
    Projector some(thinned(points, some_points), longest_, 1.0);
    const double fine =
        middle_of_peak(some, rough.skew_deg - coarse_step_deg, fine_step_deg, steps);
    Projector many(thinned(points, many_points), longest_, 1.0, bands);
    const double finest =
        middle_of_peak(many, fine - finest_step_deg * steps / 2, finest_step_deg, steps);
    return {rough.downwards, finest};
}

} // namespace pleiade::image
