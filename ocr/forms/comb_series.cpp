#include "ocr/forms/comb_series.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace pleiade::ocr {
namespace {

constexpr double least_seen_share = 0.75; // chosen: three walls of four must really be there

std::optional<double> nearest(const std::vector<double>& ticks, double expected, double tolerance) {
    const auto after = std::ranges::lower_bound(ticks, expected);
    std::optional<double> best;
    const auto consider = [&](double tick) {
        if (std::abs(tick - expected) <= tolerance &&
            (!best || std::abs(tick - expected) < std::abs(*best - expected))) {
            best = tick;
        }
    };
    if (after != ticks.end()) {
        consider(*after);
    }
    if (after != ticks.begin()) {
        consider(*std::prev(after));
    }
    return best;
}

/// Goes on from two neighbouring walls to the right; one wall in a row may be missing.
Series grown(const std::vector<double>& ticks, double first, double second, double tolerance) {
    Series series{{first, second}, second - first};
    int seen = 2;
    double last_seen = second;
    int steps_of_last = 1;
    for (int missing = 0; missing < 2;) {
        const double expected = last_seen + series.pitch * (1 + missing);
        const std::optional<double> wall = nearest(ticks, expected, tolerance);
        if (!wall.has_value()) {
            ++missing;
            continue;
        }
        for (int k = 1; k <= missing; ++k) {
            series.walls.push_back(last_seen + (*wall - last_seen) * k / (missing + 1));
        }
        series.walls.push_back(*wall);
        last_seen = *wall;
        steps_of_last += missing + 1;
        series.pitch = (last_seen - first) / steps_of_last;
        missing = 0;
        ++seen;
    }
    if (seen < least_seen_share * static_cast<double>(series.walls.size())) {
        return {};
    }
    return series;
}

/// How well a series explains the ticks: its walls, less what stands unexplained between them.
/// Without the second part, walls of neighbouring groups make series across the gaps.
double worth(const Series& series, const std::vector<double>& ticks) {
    constexpr double stray = 1.0; // chosen: half of it lets series across gaps win
    const auto inside = std::ranges::count_if(ticks, [&](double t) {
        return t > series.walls.front() && t < series.walls.back();
    });
    const auto explained = static_cast<std::ptrdiff_t>(series.walls.size()) - 2;
    return static_cast<double>(series.walls.size()) -
           stray * static_cast<double>(std::max(inside - explained, std::ptrdiff_t{0}));
}

Series best_series(const std::vector<double>& ticks, const SeriesLimits& limits) {
    Series best;
    double most = 0.0;
    for (std::size_t i = 0; i < ticks.size(); ++i) {
        for (std::size_t j = i + 1; j < ticks.size(); ++j) {
            const double pitch = ticks[j] - ticks[i];
            if (pitch > limits.most_pitch) {
                break;
            }
            if (pitch < limits.least_pitch) {
                continue;
            }
            const double tolerance = std::max(limits.tolerance, limits.tolerance_share * pitch);
            Series series = grown(ticks, ticks[i], ticks[j], tolerance);
            const double value = series.walls.empty() ? 0.0 : worth(series, ticks);
            if (value > most) {
                most = value;
                best = std::move(series);
            }
        }
    }
    return best;
}

} // namespace

std::vector<Series> regular_series(std::vector<double> ticks, const SeriesLimits& limits) {
    std::vector<Series> all;
    while (ticks.size() >= 2) {
        Series series = best_series(ticks, limits);
        if (series.walls.size() < 2) {
            break;
        }
        // Ticks inside belong to the ink in the cells; the end walls may be shared.
        const double from = series.walls.front();
        const double to = series.walls.back();
        std::erase_if(ticks, [&](double t) { return t > from && t < to; });
        if (series.cells() == 1) {
            std::erase(ticks, from);
        } else {
            std::erase(ticks, from);
            std::erase(ticks, to);
        }
        all.push_back(std::move(series));
    }
    return all;
}

} // namespace pleiade::ocr
