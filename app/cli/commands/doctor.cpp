// pleiade doctor: whether this machine can do the work, and what to do where it cannot.

#include "app/pipeline/doctor.h"

#include "app/cli/commands/command.h"
#include "app/cli/commands/json.h"
#include "app/cli/commands/words.h"

#include <algorithm>
#include <cstdio>

namespace pleiade::cli {
namespace {

std::string word_of(pipeline::Verdict verdict) {
    switch (verdict) {
    case pipeline::Verdict::Good:
        return "good";
    case pipeline::Verdict::Doubtful:
        return "doubtful";
    case pipeline::Verdict::Bad:
        break;
    }
    return "bad";
}

void print_for_people(const std::vector<pipeline::Finding>& findings) {
    for (const pipeline::Finding& finding : findings) {
        std::printf(
            "%-8s  %s: %s\n",
            word_of(finding.verdict).c_str(),
            shown(finding.subject).c_str(),
            shown(finding.what).c_str()
        );
        if (!finding.cure.empty()) {
            std::printf("          -> %s\n", shown(finding.cure).c_str());
        }
    }
}

void print_json(const std::vector<pipeline::Finding>& findings) {
    Json list = Json::array();
    for (const pipeline::Finding& finding : findings) {
        list.push_back(
            {{"subject", finding.subject},
             {"verdict", word_of(finding.verdict)},
             {"what", finding.what},
             {"cure", finding.cure}}
        );
    }
    std::puts(line_of({{"findings", list}}).c_str());
}

int doctor(const CommonOptions& options) {
    const std::vector<pipeline::Finding> findings =
        pipeline::examine(draft_config(options), options.home);
    if (options.json) {
        print_json(findings);
    } else {
        print_for_people(findings);
    }
    const auto bad =
        std::ranges::find(findings, pipeline::Verdict::Bad, &pipeline::Finding::verdict);
    return bad == findings.end() ? exit_done : exit_code_of(bad->remedy);
}

} // namespace

void add_doctor(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* command = program.add_subcommand(
        "doctor", "Check database, folders, space, fonts and language data; say what to do"
    );
    add_place_options(*command, options);
    add_json_option(*command, options);
    command->callback([&options, &chosen] { chosen = [&options] { return doctor(options); }; });
}

} // namespace pleiade::cli
