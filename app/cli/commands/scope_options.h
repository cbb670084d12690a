#pragma once
// --date, --since and --caisse of the commands that report.

#include "app/config/config.h"
#include "store/reports.h"

#include <CLI/CLI.hpp>

#include <string>

namespace pleiade::cli {

struct ScopeOptions {
    std::string date;  ///< "2026-03-14"; empty = every day.
    std::string since; ///< As `date`: that day and all later ones.
    std::string caisse;
};

void add_scope_options(CLI::App& command, ScopeOptions& options);

/// --since, beside the others: for reports that need many days.
void add_since_option(CLI::App& command, ScopeOptions& options);

/// @throws Error(FixInput) when the date is not one.
[[nodiscard]] store::Scope scope_of(const ScopeOptions& options);

/// For a scope without any mail: a caisse that was taken out of the configuration may have some.
/// @throws Error(FixInput) when its caisse is none.
void check_scope(const store::Scope& scope, const config::Config& config);

} // namespace pleiade::cli
