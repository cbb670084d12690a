#pragma once
// The ledger of some days as `pleiade reconcile` prints it, and its JSON.

#include "app/cli/commands/json.h"
#include "store/ledger.h"

namespace pleiade::cli {

void print_ledger(const store::Ledger& ledger);

[[nodiscard]] Json ledger_json(const store::Ledger& ledger);

/// One caisse's counts by step.
[[nodiscard]] Json steps_json(const store::CaisseSteps& steps);

/// With names of plis, or only their numbers.
enum class PliNames { Shown, Hidden };

[[nodiscard]] Json late_json(const std::vector<store::LateDocument>& late, PliNames names);

} // namespace pleiade::cli
