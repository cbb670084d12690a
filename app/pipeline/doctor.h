#pragma once
// Whether this machine can do the work, and what to do where it cannot: `pleiade doctor`.

#include "app/config/config.h"
#include "core/failure.h"

#include <filesystem>
#include <string>
#include <vector>

namespace pleiade::pipeline {

enum class Verdict { Good, Doubtful, Bad };

struct Finding {
    std::string subject; ///< "database", "language data" ...
    Verdict verdict = Verdict::Good;
    std::string what;                         ///< What was found.
    std::string cure;                         ///< What to do; empty when good.
    Remedy remedy = Remedy::FixConfiguration; ///< Of a bad one; RetryLater: out of reach or full.
};

/// Looks at everything, also when something is bad, mistakes of the configuration included. Starts
/// the embedded database when nobody runs it; makes folders under the home, but none that a setting
/// names.
[[nodiscard]] std::vector<Finding>
examine(const config::Draft& draft, const std::filesystem::path& home);

} // namespace pleiade::pipeline
