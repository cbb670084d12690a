#pragma once
// Regular series among positions: which ticks on a line are the walls of comb cells.

#include <vector>

namespace pleiade::ocr {

struct SeriesLimits {
    double least_pitch = 0.0;
    double most_pitch = 0.0;
    double tolerance = 0.0;       ///< How far a tick may stand from where it is expected ...
    double tolerance_share = 0.0; ///< ... or this share of the pitch, when that is more.
};

/// Walls at regular distances; a wall that was not seen is put where it should stand.
struct Series {
    std::vector<double> walls;
    double pitch = 0.0;

    [[nodiscard]] int cells() const { return static_cast<int>(walls.size()) - 1; }
};

/// Series of at least one cell that share no wall except at their ends, the longest and cleanest
/// first.
/// @param ticks Ascending.
[[nodiscard]] std::vector<Series>
regular_series(std::vector<double> ticks, const SeriesLimits& limits);

} // namespace pleiade::ocr
