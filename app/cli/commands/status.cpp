// pleiade status: where the mail of each caisse stands now.

#include "app/cli/commands/command.h"
#include "app/cli/commands/json.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/scope_options.h"
#include "app/cli/commands/table.h"
#include "app/cli/commands/words.h"
#include "app/pipeline/platform.h"

#include <cstdio>
#include <memory>

namespace pleiade::cli {
namespace {

using Counts = std::map<std::string, long>;

long count_in(const Counts& counts, const std::string& state) {
    const auto found = counts.find(state);
    return found == counts.end() ? 0 : found->second;
}

std::string table_of(const std::vector<store::CaisseStatus>& caisses) {
    static const std::vector<std::string> states{
        "captured",
        "read",
        "understood",
        "to_verify",
        "verified",
        "delivering",
        "delivered",
        "set_aside"};
    std::vector<std::vector<std::string>> rows{{"caisse", "plis:"}};
    rows.front().insert(rows.front().end(), states.begin(), states.end());
    rows.front().insert(rows.front().end(), {"documents", "in corbeilles"});
    for (const store::CaisseStatus& caisse : caisses) {
        std::vector<std::string> row{caisse.caisse, caisse.name};
        for (const std::string& state : states) {
            row.push_back(std::to_string(count_in(caisse.plis, state)));
        }
        row.push_back(std::to_string(count_in(caisse.documents, "delivered")));
        row.push_back(std::to_string(
            count_in(caisse.work_items, "new") + count_in(caisse.work_items, "claimed")
        ));
        rows.push_back(std::move(row));
    }
    return table_text(rows);
}

/// What waits for the machine, and since when: what stands still is seen here.
std::string table_of(const std::vector<store::OpenJobs>& open) {
    std::vector<std::vector<std::string>> rows{
        {"caisse", "jobs", "waiting", "running", "held", "oldest"}};
    for (const store::OpenJobs& jobs : open) {
        rows.push_back(
            {jobs.caisse,
             jobs.kind,
             std::to_string(jobs.waiting),
             std::to_string(jobs.running),
             std::to_string(jobs.held),
             time_text(jobs.oldest)}
        );
    }
    return table_text(rows);
}

Json json_of(const std::vector<store::OpenJobs>& open) {
    Json list = Json::array();
    for (const store::OpenJobs& jobs : open) {
        list.push_back(
            {{"caisse", jobs.caisse},
             {"kind", jobs.kind},
             {"waiting", jobs.waiting},
             {"running", jobs.running},
             {"held", jobs.held},
             {"oldest_seconds", jobs.oldest.count()}}
        );
    }
    return list;
}

Json json_of(
    const std::vector<store::CaisseStatus>& caisses,
    const std::vector<store::OpenJobs>& open,
    const std::optional<store::OldestJob>& oldest
) {
    Json list = Json::array();
    for (const store::CaisseStatus& caisse : caisses) {
        list.push_back(
            {{"caisse", caisse.caisse},
             {"name", caisse.name},
             {"plis", caisse.plis},
             {"pages", caisse.pages},
             {"documents", caisse.documents},
             {"work_items", caisse.work_items}}
        );
    }
    Json json{{"caisses", list}, {"open_jobs", json_of(open)}, {"oldest_open_job", nullptr}};
    if (oldest) {
        json["oldest_open_job"] = {
            {"kind", oldest->kind}, {"state", oldest->state}, {"age_seconds", oldest->age.count()}};
    }
    return json;
}

std::string table_of(const std::vector<store::MissingCount>& counts) {
    std::vector<std::vector<std::string>> rows{
        {"caisse", "sender", "type", "field", "why", "documents"}};
    for (const store::MissingCount& count : counts) {
        rows.push_back(
            {count.caisse,
             shown(count.sender.empty() ? "-" : count.sender),
             shown(count.type),
             shown(count.field),
             shown(count.why),
             std::to_string(count.documents)}
        );
    }
    return table_text(rows);
}

Json json_of(const std::vector<store::MissingCount>& counts) {
    Json list = Json::array();
    for (const store::MissingCount& count : counts) {
        list.push_back(
            {{"caisse", count.caisse},
             {"sender", count.sender},
             {"type", count.type},
             {"field", count.field},
             {"why", count.why},
             {"documents", count.documents}}
        );
    }
    return Json{{"missing", list}};
}

/// What documents lack, by sender: whom to ask once for everything, and who forgets it often.
int show_completeness(const CommonOptions& options, const ScopeOptions& scope_options) {
    const store::Scope scope = scope_of(scope_options);
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    store::Reports reports(platform.database_url());
    const std::vector<store::MissingCount> counts = reports.completeness(scope);
    if (counts.empty()) {
        check_scope(scope, platform.configuration());
    }
    std::fputs((options.json ? line_of(json_of(counts)) + "\n" : table_of(counts)).c_str(), stdout);
    return exit_done;
}

int show_status(const CommonOptions& options, const ScopeOptions& scope_options) {
    const store::Scope scope = scope_of(scope_options);
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    store::Reports reports(platform.database_url());
    const std::vector<store::CaisseStatus> caisses = reports.status(scope);
    if (caisses.empty()) {
        check_scope(scope, platform.configuration());
    }
    const std::optional<store::OldestJob> oldest = reports.oldest_open_job();
    const std::vector<store::OpenJobs> open = reports.open_jobs(scope_options.caisse);
    if (options.json) {
        std::puts(line_of(json_of(caisses, open, oldest)).c_str());
        return exit_done;
    }
    std::fputs(table_of(caisses).c_str(), stdout);
    if (!open.empty()) {
        std::printf("\n%s", table_of(open).c_str());
    }
    return exit_done;
}

} // namespace

void add_status(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* command =
        program.add_subcommand("status", "Where the mail of each caisse stands now");
    // Filled by the parser, read by the call: whichever ends last.
    const auto scope = std::make_shared<ScopeOptions>();
    const auto completeness = std::make_shared<bool>(false);
    add_scope_options(*command, *scope);
    add_place_options(*command, options);
    add_json_option(*command, options);
    command->add_flag(
        "--completeness", *completeness, "What documents lack instead, by sender (SIRET) and reason"
    );
    command->callback([&options, &chosen, scope, completeness] {
        chosen = [&options, scope, completeness] {
            return *completeness ? show_completeness(options, *scope)
                                 : show_status(options, *scope);
        };
    });
}

} // namespace pleiade::cli
