// pleiade reconcile: received = delivered + to verify + set aside, per caisse; differences by name.

#include "app/cli/commands/balance_table.h"
#include "app/cli/commands/command.h"
#include "app/cli/commands/scope_options.h"
#include "app/cli/commands/words.h"
#include "app/pipeline/platform.h"

#include <cstdio>
#include <memory>

namespace pleiade::cli {
namespace {

std::string joined(const std::vector<std::string>& reasons) {
    std::string text;
    for (const std::string& reason : reasons) {
        text += (text.empty() ? "" : "; ") + reason;
    }
    return text;
}

void print_remarks(const char* heading, const std::vector<store::Remark>& remarks) {
    if (!remarks.empty()) {
        std::printf("\n%s\n", heading);
    }
    for (const store::Remark& remark : remarks) {
        std::printf(
            "  %s  %s: %s\n",
            remark.caisse.c_str(),
            shown(remark.subject).c_str(),
            shown(remark.what).c_str()
        );
    }
}

Json remarks_json(const std::vector<store::Remark>& remarks) {
    Json list = Json::array();
    for (const store::Remark& remark : remarks) {
        list.push_back(
            {{"caisse", remark.caisse}, {"subject", remark.subject}, {"what", remark.what}}
        );
    }
    return list;
}

void print_for_people(const store::Reconciliation& balance) {
    std::fputs(balance_table(balance.caisses).c_str(), stdout);
    if (!balance.exceptions.empty()) {
        std::puts("\nplis that wait for a person (to_verify, held) or are set aside:");
    }
    for (const store::NamedException& exception : balance.exceptions) {
        std::printf(
            "  %s  %s  %s: %s\n",
            exception.caisse.c_str(),
            shown(exception.pli_name).c_str(),
            exception.state.c_str(),
            shown(joined(exception.reasons)).c_str()
        );
    }
    print_remarks("in work:", balance.unfinished);
    print_remarks("odd about lots:", balance.complaints);
    std::puts(balance.unexplained.empty() ? "\nnothing is unexplained" : "\nUNEXPLAINED:");
    for (const store::Unexplained& difference : balance.unexplained) {
        std::printf(
            "  %s  %s: %s\n",
            difference.caisse.c_str(),
            shown(difference.subject).c_str(),
            shown(difference.what).c_str()
        );
    }
}

Json json_of(const store::Reconciliation& balance) {
    Json exceptions = Json::array();
    for (const store::NamedException& exception : balance.exceptions) {
        exceptions.push_back(
            {{"caisse", exception.caisse},
             {"pli_id", exception.pli},
             {"pli", exception.pli_name},
             {"state", exception.state},
             {"reasons", exception.reasons}}
        );
    }
    Json unexplained = Json::array();
    for (const store::Unexplained& difference : balance.unexplained) {
        unexplained.push_back(
            {{"caisse", difference.caisse},
             {"subject", difference.subject},
             {"what", difference.what}}
        );
    }
    return {
        {"caisses", balances_json(balance.caisses)},
        {"exceptions", exceptions},
        {"unexplained", unexplained},
        {"unfinished", remarks_json(balance.unfinished)},
        {"complaints", remarks_json(balance.complaints)}};
}

int reconcile(const CommonOptions& options, const ScopeOptions& scope_options) {
    const store::Scope scope = scope_of(scope_options);
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    const store::Hands hands =
        platform.somebody_is_at_work() ? store::Hands::AtWork : store::Hands::None;
    const store::Reconciliation balance =
        store::Reports(platform.database_url()).reconcile(scope, hands);
    if (balance.caisses.empty()) {
        check_scope(scope, platform.configuration());
    }
    if (options.json) {
        std::puts(line_of(json_of(balance)).c_str());
    } else {
        print_for_people(balance);
    }
    return balance.unexplained.empty() ? exit_done : exit_some_set_aside;
}

} // namespace

void add_reconcile(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* command = program.add_subcommand(
        "reconcile",
        "Compare what was received with what became of it; exit code 1 when anything is unexplained"
    );
    const auto scope = std::make_shared<ScopeOptions>(
    ); // filled by the parser, read by the call: whichever ends last
    add_scope_options(*command, *scope);
    add_place_options(*command, options);
    add_json_option(*command, options);
    command->callback([&options, &chosen, scope] {
        chosen = [&options, scope] { return reconcile(options, *scope); };
    });
}

} // namespace pleiade::cli
