#include "app/cli/commands/scope_options.h"

#include "app/cli/commands/command.h"
#include "core/day.h"
#include "core/failure.h"

namespace pleiade::cli {
namespace {

std::chrono::year_month_day date_of(const std::string& text) {
    if (const auto day = day_from_iso(text)) {
        return *day;
    }
    throw Error(Remedy::FixInput, "not a date: " + text + ". Write it as 2026-03-14");
}

} // namespace

void add_scope_options(CLI::App& command, ScopeOptions& options) {
    command.add_option("--date", options.date, "Only mail received on this day, e.g. 2026-03-14");
    command.add_option("--caisse", options.caisse, "Only this caisse, e.g. 061");
}

void add_since_option(CLI::App& command, ScopeOptions& options) {
    command.add_option("--since", options.since, "Only mail received on this day or later")
        ->excludes(command.get_option("--date"));
}

store::Scope scope_of(const ScopeOptions& options) {
    store::Scope scope{.caisse = options.caisse};
    if (!options.date.empty()) {
        scope.first_day = date_of(options.date);
        scope.last_day = scope.first_day;
    }
    if (!options.since.empty()) {
        scope.first_day = date_of(options.since);
    }
    return scope;
}

void check_scope(const store::Scope& scope, const config::Config& config) {
    if (!scope.caisse.empty() && !is_caisse(scope.caisse, config)) {
        throw_no_such_caisse(scope.caisse, config);
    }
}

} // namespace pleiade::cli
