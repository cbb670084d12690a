#pragma once
// Lengths and resolutions that remember their unit at module boundaries.

#include <cmath>
#include <compare>

namespace pleiade {

/// A number that remembers its unit. The tag is never instantiated.
template <typename Unit>
struct Quantity {
    double value = 0.0;

    constexpr auto operator<=>(const Quantity&) const = default;
};

using Millimetres = Quantity<struct MillimetreUnit>;
using Dpi = Quantity<struct DpiUnit>; ///< Dots per inch, as scanners announce it.

inline constexpr double mm_per_inch = 25.4; // spec: the international inch of 1959, exact

/// Pixels covered by `length` at `resolution`, rounded to the nearest pixel.
[[nodiscard]] inline int to_pixels(Millimetres length, Dpi resolution) {
    return static_cast<int>(std::lround(length.value * resolution.value / mm_per_inch));
}

} // namespace pleiade
