// pleiade lot and pleiade pli: stop what is in the queue, and let it go on.

#include "app/cli/commands/command.h"
#include "app/cli/commands/json.h"
#include "app/cli/commands/scope_options.h"
#include "app/cli/commands/table.h"
#include "app/cli/commands/words.h"
#include "app/pipeline/platform.h"
#include "store/holds.h"

#include <cstdio>
#include <memory>

namespace pleiade::cli {
namespace {

using store::HoldOutcome;

struct LotOptions {
    RowId id = 0;
    std::string why;
    std::string who;
    std::string caisse;
};

using LotCommand = int (*)(const CommonOptions&, const LotOptions&);
using HoldVerb = HoldOutcome (store::Holds::*)(RowId, const store::HoldOrder&);

enum class Act { Hold, Resume };

/// What a verb is about, as people call it.
struct Subject {
    std::string noun; ///< "lot" or "pli".
    HoldVerb hold;
    HoldVerb resume;
};

Subject lot_subject() {
    return {"lot", &store::Holds::hold_lot, &store::Holds::resume_lot};
}

Subject pli_subject() {
    return {"pli", &store::Holds::hold_pli, &store::Holds::resume_pli};
}

void print_for_people(const std::string& name, Act act, const HoldOutcome& outcome) {
    const std::string jobs = counted(outcome.jobs, "job");
    if (act == Act::Hold) {
        std::printf(
            "%s is held: %s stopped. pleiade %s lets it go on\n",
            name.c_str(),
            jobs.c_str(),
            std::string(name).insert(name.find(' '), " resume").c_str()
        );
    } else {
        std::printf(
            outcome.whole_lot ? "%s is held no longer itself, but with its lot: %s again\n"
                              : "%s goes on: %s again\n",
            name.c_str(),
            (jobs + (outcome.jobs == 1 ? " waits" : " wait")).c_str()
        );
    }
    if (act == Act::Hold && outcome.under_way > 0) {
        std::printf(
            "%s being delivered just now: what was sent already still gets there\n",
            (counted(outcome.under_way, "document") + (outcome.under_way == 1 ? " is" : " are"))
                .c_str()
        );
    }
    if (act == Act::Hold && outcome.delivered > 0) {
        std::printf(
            "%s delivered before and stays in the GED\n",
            (counted(outcome.delivered, "document") + (outcome.delivered == 1 ? " was" : " were"))
                .c_str()
        );
    }
}

int change(const CommonOptions& options, const LotOptions& lot, const Subject& subject, Act act) {
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    store::Holds holds(platform.database_url());
    const HoldVerb verb = act == Act::Hold ? subject.hold : subject.resume;
    const HoldOutcome outcome =
        (holds.*verb)(lot.id, {lot.why, lot.who.empty() ? user_name() : lot.who});
    if (options.json) {
        const Json json{
            {subject.noun, lot.id},
            {"held", act == Act::Hold},
            {"jobs", outcome.jobs},
            {"documents_under_way", outcome.under_way},
            {"documents_delivered", outcome.delivered},
            {"lot_is_held", outcome.whole_lot}};
        std::puts(line_of(json).c_str());
    } else {
        print_for_people(subject.noun + " " + std::to_string(lot.id), act, outcome);
    }
    return exit_done;
}

int hold_lot(const CommonOptions& options, const LotOptions& lot) {
    return change(options, lot, lot_subject(), Act::Hold);
}

int resume_lot(const CommonOptions& options, const LotOptions& lot) {
    return change(options, lot, lot_subject(), Act::Resume);
}

int hold_pli(const CommonOptions& options, const LotOptions& lot) {
    return change(options, lot, pli_subject(), Act::Hold);
}

int resume_pli(const CommonOptions& options, const LotOptions& lot) {
    return change(options, lot, pli_subject(), Act::Resume);
}

std::string text_of(const std::optional<store::Hold>& hold) {
    return hold ? hold->who + ", " + hold->since + ": " + hold->why : "";
}

Json json_of(const std::optional<store::Hold>& hold) {
    if (!hold) {
        return nullptr;
    }
    return {{"why", hold->why}, {"who", hold->who}, {"since", hold->since}};
}

void print_lots(const std::vector<store::LotInWork>& lots) {
    std::vector<std::vector<std::string>> rows{
        {"lot",
         "source",
         "caisse",
         "received",
         "state",
         "plis",
         "in work",
         "to verify",
         "set aside",
         "delivered",
         "held"}};
    for (const store::LotInWork& lot : lots) {
        rows.push_back(
            {std::to_string(lot.id),
             shown(lot.source),
             lot.caisse,
             lot.received_on,
             lot.state,
             std::to_string(lot.plis),
             std::to_string(lot.in_work),
             std::to_string(lot.to_verify),
             std::to_string(lot.set_aside),
             std::to_string(lot.delivered),
             std::to_string(lot.held)}
        );
    }
    std::fputs(table_text(rows).c_str(), stdout);
    for (const store::LotInWork& lot : lots) {
        if (lot.hold) {
            std::printf(
                "lot %s is held by %s\n",
                std::to_string(lot.id).c_str(),
                shown(text_of(lot.hold)).c_str()
            );
        }
    }
}

int list_lots(const CommonOptions& options, const LotOptions& lot_options) {
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    check_scope({.caisse = lot_options.caisse}, platform.configuration());
    const auto lots = store::Holds(platform.database_url()).lots_in_work(lot_options.caisse);
    if (!options.json) {
        print_lots(lots);
        return exit_done;
    }
    Json list = Json::array();
    for (const store::LotInWork& lot : lots) {
        list.push_back(
            {{"lot", lot.id},
             {"caisse", lot.caisse},
             {"source", lot.source},
             {"received", lot.received_on},
             {"state", lot.state},
             {"hold", json_of(lot.hold)},
             {"plis",
              {{"all", lot.plis},
               {"in_work", lot.in_work},
               {"to_verify", lot.to_verify},
               {"set_aside", lot.set_aside},
               {"delivered", lot.delivered},
               {"held", lot.held}}}}
        );
    }
    std::puts(line_of({{"lots", list}}).c_str());
    return exit_done;
}

int list_plis(const CommonOptions& options, const LotOptions& lot_options) {
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    const auto plis = store::Holds(platform.database_url()).plis_of(lot_options.id);
    std::vector<std::vector<std::string>> rows{{"pli", "name", "caisse", "state", "held by"}};
    Json list = Json::array();
    for (const store::PliOfLot& pli : plis) {
        rows.push_back(
            {std::to_string(pli.id),
             shown(pli.name),
             pli.caisse,
             pli.state,
             shown(text_of(pli.hold))}
        );
        list.push_back(
            {{"pli", pli.id},
             {"caisse", pli.caisse},
             {"name", pli.name},
             {"state", pli.state},
             {"hold", json_of(pli.hold)}}
        );
    }
    std::fputs(
        (options.json ? line_of({{"plis", list}}) + "\n" : table_text(rows)).c_str(), stdout
    );
    return exit_done;
}

/// One sub-command of `lot` or `pli`.
struct Part {
    const char* name;
    const char* help;
    LotCommand run;
};

CLI::App* add_part(
    CLI::App& parent,
    const Part& part,
    CommonOptions& options,
    Chosen& chosen,
    const std::shared_ptr<LotOptions>& lot
) {
    CLI::App* command = parent.add_subcommand(part.name, part.help);
    add_place_options(*command, options);
    add_json_option(*command, options);
    const LotCommand run = part.run;
    command->callback([&options, &chosen, run, lot] {
        chosen = [&options, run, lot] { return run(options, *lot); };
    });
    return command;
}

/// Options of `hold` and `resume`.
void add_change_options(CLI::App& command, const std::string& noun, LotOptions& lot, Act act) {
    command.add_option(noun, lot.id, "Its number")->required()->check(CLI::PositiveNumber);
    CLI::Option* why = command.add_option(
        "--why", lot.why, "The reason, for those who ask later; no name of an insured person"
    );
    if (act == Act::Hold) {
        why->required()->check(not_empty("reason"));
    }
    command.add_option("--who", lot.who, "Who says it (default: the user of the machine)")
        ->check(not_empty("name"));
}

} // namespace

void add_lot(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* lot_command =
        program.add_subcommand("lot", "Lots that are not done: list them, stop one, let it go on");
    lot_command->require_subcommand(1);
    // Filled by the parser, read by the call: whichever ends last.
    const auto lot = std::make_shared<LotOptions>();
    CLI::App* list = add_part(
        *lot_command,
        {"list", "Lots that are not done, and which of them are held", &list_lots},
        options,
        chosen,
        lot
    );
    list->add_option("--caisse", lot->caisse, "Only lots with mail of this caisse, e.g. 061");
    CLI::App* hold = add_part(
        *lot_command,
        {"hold", "Stop a lot: nothing of it is worked on until it is let go on", &hold_lot},
        options,
        chosen,
        lot
    );
    add_change_options(*hold, "lot", *lot, Act::Hold);
    CLI::App* resume = add_part(
        *lot_command, {"resume", "Let a lot go on that is held", &resume_lot}, options, chosen, lot
    );
    add_change_options(*resume, "lot", *lot, Act::Resume);
}

void add_pli(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* pli_command =
        program.add_subcommand("pli", "Plis of a lot: list them, stop one, let it go on");
    pli_command->require_subcommand(1);
    const auto pli = std::make_shared<LotOptions>();
    CLI::App* list = add_part(
        *pli_command,
        {"list", "The plis of a lot, and which of them are held", &list_plis},
        options,
        chosen,
        pli
    );
    list->add_option("--lot", pli->id, "Number of the lot")->required()->check(CLI::PositiveNumber);
    CLI::App* hold = add_part(
        *pli_command,
        {"hold",
         "Stop a pli: it is neither understood nor delivered until it is let go on",
         &hold_pli},
        options,
        chosen,
        pli
    );
    add_change_options(*hold, "pli", *pli, Act::Hold);
    CLI::App* resume = add_part(
        *pli_command, {"resume", "Let a pli go on that is held", &resume_pli}, options, chosen, pli
    );
    add_change_options(*resume, "pli", *pli, Act::Resume);
}

} // namespace pleiade::cli
