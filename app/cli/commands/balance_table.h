#pragma once
// The balance per caisse as people and programs see it.

#include "app/cli/commands/json.h"
#include "store/reports.h"

#include <string>
#include <vector>

namespace pleiade::cli {

[[nodiscard]] std::string balance_table(const std::vector<store::CaisseBalance>& balances);
[[nodiscard]] Json balances_json(const std::vector<store::CaisseBalance>& balances);

} // namespace pleiade::cli
