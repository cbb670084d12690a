#include "app/cli/commands/scope_options.h"

#include "app/cli/commands/command.h"
#include "core/failure.h"

#include <charconv>

namespace pleiade::cli {
namespace {

/// The number in `text` from `begin`, `length` digits long; -1 when it is not one.
int number_at(const std::string& text, std::size_t begin, std::size_t length) {
    int number = -1;
    const char* first = text.data() + begin;
    const auto [end, error] = std::from_chars(first, first + length, number);
    return error == std::errc{} && end == first + length ? number : -1;
}

std::chrono::year_month_day date_of(const std::string& text) {
    constexpr std::size_t iso_length = 10; // spec: ISO 8601, 2026-03-14
    if (text.size() == iso_length && text[4] == '-' && text[7] == '-') {
        const std::chrono::year_month_day date(
            std::chrono::year(number_at(text, 0, 4)),
            std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
            std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2)))
        );
        if (date.ok()) {
            return date;
        }
    }
    throw Error(Remedy::FixInput, "not a date: " + text + ". Write it as 2026-03-14");
}

} // namespace

void add_scope_options(CLI::App& command, ScopeOptions& options) {
    command.add_option("--date", options.date, "Only mail received on this day, e.g. 2026-03-14");
    command.add_option("--caisse", options.caisse, "Only this caisse, e.g. 061");
}

store::Scope scope_of(const ScopeOptions& options) {
    store::Scope scope{.caisse = options.caisse};
    if (!options.date.empty()) {
        scope.first_day = date_of(options.date);
        scope.last_day = scope.first_day;
    }
    return scope;
}

void check_scope(const store::Scope& scope, const config::Config& config) {
    if (!scope.caisse.empty() && !is_caisse(scope.caisse, config)) {
        throw_no_such_caisse(scope.caisse, config);
    }
}

} // namespace pleiade::cli
