#pragma once
// One caisse per file; a plan that several share stands in a file of its own (plan-*.toml).

#include "app/config/files/checked_table.h"
#include "core/caisse.h"

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pleiade::config {

/// Every caisse of a folder, by code. Checks each file and that no two claim the same code or CEDEX
/// line.
/// @param type_codes Document types a plan may speak of; nothing when these are not known.
/// @param files Gets the files that were read.
[[nodiscard]] std::vector<Caisse> read_caisses(
    const std::filesystem::path& folder,
    const std::optional<std::set<std::string>>& type_codes,
    std::vector<std::filesystem::path>& files,
    Problems& problems
);

/// Whether a file of that folder is a caisse and not a shared plan.
[[nodiscard]] bool is_caisse_file(const std::filesystem::path& file);

} // namespace pleiade::config
