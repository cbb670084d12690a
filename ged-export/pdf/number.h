#pragma once
// Numbers as PDF writes them: never with an exponent, never with a decimal comma.

#include <string>

namespace pleiade::ged {

/// Rounded to three decimals, without idle zeros: "595.2", "0", "-12.004".
[[nodiscard]] std::string number(double value);

inline constexpr double points_per_inch = 72.0; // spec: PDF Reference 1.4, 4.2.1

} // namespace pleiade::ged
