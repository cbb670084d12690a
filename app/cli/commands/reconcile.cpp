// pleiade reconcile: received = delivered + to verify + set aside, per caisse; differences and what
// is late by name. With --statement the day of each caisse as signed files.

#include "app/cli/commands/command.h"
#include "app/cli/commands/ledger_report.h"
#include "app/cli/commands/scope_options.h"
#include "app/cli/commands/statement_files.h"
#include "app/pipeline/platform.h"
#include "core/clock.h"

#include <cstdio>
#include <memory>

namespace pleiade::cli {
namespace {

struct ReconcileOptions {
    ScopeOptions scope;
    std::filesystem::path statements; ///< Empty: none.
};

int reconcile(const CommonOptions& options, const ReconcileOptions& wanted) {
    const store::Scope scope = scope_of(wanted.scope);
    if (!wanted.statements.empty()) {
        check_statement_folder(wanted.statements);
    }
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    const store::Hands hands =
        platform.somebody_is_at_work() ? store::Hands::AtWork : store::Hands::None;
    store::Reports reports(platform.database_url());
    const store::Ledger ledger = reports.ledger(scope, hands, SystemClock().now());
    if (ledger.balance.caisses.empty()) {
        check_scope(scope, platform.configuration());
    }
    if (!wanted.statements.empty()) {
        write_statements(
            {.folder = wanted.statements,
             .day = scope.first_day.value(),
             .caisse = scope.caisse,
             .hands = hands},
            reports,
            platform
        );
    }
    if (options.json) {
        std::puts(line_of(ledger_json(ledger)).c_str());
    } else {
        print_ledger(ledger);
    }
    return ledger.balance.unexplained.empty() ? exit_done : exit_some_set_aside;
}

} // namespace

void add_reconcile(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* command = program.add_subcommand(
        "reconcile",
        "Compare what was received with what became of it; exit code 1 when anything is unexplained"
    );
    const auto wanted = std::make_shared<ReconcileOptions>(
    ); // filled by the parser, read by the call: whichever ends last
    add_scope_options(*command, wanted->scope);
    command
        ->add_option(
            "--statement",
            wanted->statements,
            "Folder for signed statements of the day (--date), one per caisse: PDF and JSON"
        )
        ->check(not_empty("folder"))
        ->needs(command->get_option("--date"));
    add_place_options(*command, options);
    add_json_option(*command, options);
    command->callback([&options, &chosen, wanted] {
        chosen = [&options, wanted] { return reconcile(options, *wanted); };
    });
}

} // namespace pleiade::cli
