// Lower and upper edges of ink are projected along many directions: along the lines of a page they
// fall together in a few places, in any other direction they spread.
// Source: W. Postl, Detection of linear oblique structures and skew scan, ICPR 1986.

#include "capture/image/clean/skew.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <vector>

namespace pleiade::image {
namespace {

constexpr double most_skew_deg = 45.0;  // spec: beyond, it is the other direction of the page
constexpr double coarse_step_deg = 0.5; // measured: a full line of 8 pt is 0.7 degrees wide
constexpr double fine_step_deg = 0.05;
constexpr std::size_t most_points_coarse = 8'000; // measured: more changes nothing but the time
constexpr std::size_t most_points_fine = 60'000;
constexpr std::size_t least_points = 150; // measured: one short line of type gives 200

using Points = std::vector<cv::Point2f>;

enum class Edges { Lower, Right };

/// Where ink ends downwards (or to the right, with the axes turned so that lines come out level).
Points ends_of_ink(const cv::Mat& ink, Edges edges) {
    Points points;
    constexpr int together = 8; // pixels looked at in one go: most of a page is paper
    for (int y = 0; y + 1 < ink.rows; ++y) {
        const std::uint8_t* row = ink.ptr(y);
        const std::uint8_t* below = ink.ptr(y + 1);
        for (int x = 0; x + 1 < ink.cols; ++x) {
            std::uint64_t eight = 1;
            if (x + together < ink.cols) {
                std::memcpy(&eight, row + x, together);
            }
            if (eight == 0) {
                x += together - 1;
            } else if (row[x] != 0 && edges == Edges::Lower && below[x] == 0) {
                points.emplace_back(static_cast<float>(x), static_cast<float>(y));
            } else if (row[x] != 0 && edges == Edges::Right && row[x + 1] == 0) {
                // A quarter turn counter-clockwise: the right edge of the page becomes its top.
                points.emplace_back(static_cast<float>(y), static_cast<float>(ink.cols - 1 - x));
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

/// How sharply the points fall into rows when seen under an angle: 1 = evenly spread.
class Projector {
public:
    Projector(const Points& points, int longest_side)
        : points_(points),
          counts_(static_cast<std::size_t>(3 * longest_side)),
          offset_(static_cast<float>(longest_side)) {}

    double sharpness(double angle_deg) {
        std::fill(counts_.begin(), counts_.end(), 0);
        const double angle = angle_deg * CV_PI / 180.0;
        const auto sine = static_cast<float>(std::sin(angle));
        const auto cosine = static_cast<float>(std::cos(angle));
        for (const cv::Point2f& point : points_) {
            const float row = point.y * cosine - point.x * sine + offset_;
            ++counts_[static_cast<std::size_t>(row)];
        }
        double sum = 0.0;
        for (std::size_t i = 1; i < counts_.size(); ++i) {
            // Neighbouring rows together: a line half a pixel off must not lose.
            const double both = counts_[i] + counts_[i - 1];
            sum += both * both;
        }
        return sum;
    }

private:
    const Points& points_;
    std::vector<int> counts_;
    float offset_;
};

struct Finding {
    double angle_deg = 0.0;
    double contrast = 1.0; ///< Sharpness at this angle over the usual sharpness; 1 = no lines.
};

Finding roughly(const Points& all, int longest) {
    if (all.size() < least_points) {
        return {};
    }
    const Points few = thinned(all, most_points_coarse);
    Projector projector(few, longest);
    std::vector<double> scores;
    Finding found;
    double best = 0.0;
    for (double angle = -most_skew_deg; angle <= most_skew_deg; angle += coarse_step_deg) {
        scores.push_back(projector.sharpness(angle));
        if (scores.back() > best) {
            best = scores.back();
            found.angle_deg = angle;
        }
    }
    const auto middle = scores.begin() + static_cast<std::ptrdiff_t>(scores.size() / 2);
    std::ranges::nth_element(scores, middle);
    found.contrast = *middle > 0 ? best / *middle : 1.0;
    return found;
}

/// The middle of the peak rather than its highest point: that one jumps with the pixel grid.
double precisely(const Points& all, int longest, double rough_deg) {
    constexpr double upper_part = 0.7; // measured: least error on pages turned by known angles
    const Points many = thinned(all, most_points_fine);
    Projector projector(many, longest);
    const double from = rough_deg - coarse_step_deg;
    const auto steps = static_cast<int>(std::lround(2 * coarse_step_deg / fine_step_deg));
    std::vector<double> scores;
    for (int i = 0; i <= steps; ++i) {
        scores.push_back(projector.sharpness(from + i * fine_step_deg));
    }
    const auto [low, top] = std::ranges::minmax(scores);
    double weight = 0.0;
    double weighted = 0.0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
        const double above = scores[i] - (low + upper_part * (top - low));
        if (above > 0) {
            weight += above;
            weighted += above * (from + static_cast<double>(i) * fine_step_deg);
        }
    }
    return weight > 0 ? weighted / weight : rough_deg;
}

/// 0 at 1 (no difference), 1 at `sure` and above.
double confidence_of(double ratio, double sure) {
    return std::clamp((ratio - 1.0) / (sure - 1.0), 0.0, 1.0);
}

} // namespace

LineDirection line_direction(const cv::Mat& ink) {
    const int longest = ink.rows + ink.cols;
    const Points lower = ends_of_ink(ink, Edges::Lower);
    const Points right = ends_of_ink(ink, Edges::Right);
    const Finding across = roughly(lower, longest);
    const Finding down = roughly(right, longest);

    // measured: pages of type, print and writing, also turned and skewed, are at 1.1 and above
    // between their two directions and at 1.6 and above along their lines; noise is at 1.05.
    constexpr double sure_side = 1.2;
    constexpr double sure_skew = 1.8;
    LineDirection direction;
    direction.downwards = down.contrast > across.contrast;
    const Finding& better = direction.downwards ? down : across;
    const Finding& worse = direction.downwards ? across : down;
    direction.side_confidence = confidence_of(better.contrast / worse.contrast, sure_side);
    direction.skew_confidence = confidence_of(better.contrast, sure_skew);
    direction.skew_deg = precisely(direction.downwards ? right : lower, longest, better.angle_deg);
    return direction;
}

} // namespace pleiade::image
