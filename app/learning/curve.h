#pragma once
// How many documents need nobody, and how many of those are wrong, for every threshold.

#include "app/learning/judge.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::learning {

/// When every document at least this sure is left to the machine.
struct CurvePoint {
    double threshold = 0.0;
    std::size_t automatic = 0;
    std::size_t wrong = 0; ///< Of the automatic ones.
    std::size_t all = 0;

    [[nodiscard]] double automation() const;
    [[nodiscard]] double error() const;         ///< Of the automatic ones.
    [[nodiscard]] double error_at_most() const; ///< Upper end of what 95 % surely holds it.
};

/// One point for each confidence that was given, falling. Documents that were taken for nothing
/// known are never automatic.
[[nodiscard]] std::vector<CurvePoint> curve_of(std::vector<Judged> judged);

/// The point of most automation whose error is not above the wanted one; nothing when none is.
[[nodiscard]] std::optional<CurvePoint>
point_for(const std::vector<CurvePoint>& curve, double wanted_error);

/// Error against automation as a picture, the wanted error and its point marked.
[[nodiscard]] std::string svg_of(const std::vector<CurvePoint>& curve, double wanted_error);

/// Upper end of the 95 % interval of a share: one-sided, exact for few.
/// Source: Clopper and Pearson, Biometrika 26 (1934).
[[nodiscard]] double share_at_most(std::size_t hits, std::size_t all);

} // namespace pleiade::learning
