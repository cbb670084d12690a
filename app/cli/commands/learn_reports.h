#pragma once
// What `pleiade learn` prints: tables for people, JSON for programs.

#include "app/cli/commands/json.h"
#include "app/learning/curve.h"
#include "app/learning/judge.h"
#include "app/learning/learn.h"

#include <string>
#include <vector>

namespace pleiade::cli {

[[nodiscard]] std::string trained_text(const classify::Trained& trained, std::size_t bytes);
[[nodiscard]] Json trained_json(const classify::Trained& trained, std::size_t bytes);

/// The four outcomes by type, of two models side by side.
[[nodiscard]] std::string
compared_text(const learning::OutcomesByType& before, const learning::OutcomesByType& after);
[[nodiscard]] Json
compared_json(const learning::OutcomesByType& before, const learning::OutcomesByType& after);

[[nodiscard]] std::string
curve_text(const std::vector<learning::CurvePoint>& curve, double wanted_error);
[[nodiscard]] Json curve_json(const std::vector<learning::CurvePoint>& curve, double wanted_error);

} // namespace pleiade::cli
