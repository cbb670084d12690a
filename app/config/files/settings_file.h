#pragma once
// pleiade.toml and the environment over it. Values never appear in messages.

#include "app/config/files/checked_table.h"
#include "app/config/settings.h"

#include <filesystem>
#include <optional>

namespace pleiade::config {

/// @param file Nothing when no place has a pleiade.toml: then only the environment speaks.
[[nodiscard]] Settings read_settings(
    const std::optional<std::filesystem::path>& file,
    const Environment& environment,
    Problems& problems
);

} // namespace pleiade::config
