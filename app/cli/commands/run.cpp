// pleiade run FOLDER|FILE...: the main job. Takes in, reads, decides, delivers; ends when all is
// settled.

#include "app/pipeline/run.h"

#include "app/cli/commands/balance_table.h"
#include "app/cli/commands/command.h"
#include "app/cli/commands/json.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/signals.h"
#include "app/cli/commands/words.h"
#include "store/reports.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>
#include <utility>

namespace pleiade::cli {
namespace {

struct RunOptions {
    std::vector<std::string> given;
    std::string caisse;
    int workers = 0;
};

std::vector<std::string> left_out_of(const std::vector<capture::LotSource>& lots) {
    std::vector<std::string> all;
    for (const capture::LotSource& lot : lots) {
        all.insert(all.end(), lot.left_out.begin(), lot.left_out.end());
    }
    return all;
}

/// One line for side files, however many: they lie beside every lot. What may be mail is named one
/// by one.
void say_what_is_left_out(const std::vector<capture::LotSource>& lots) {
    constexpr std::size_t most_named = 3; // chosen: enough to recognise a mistake by
    std::string names;
    const std::vector<std::string> all = left_out_of(lots);
    for (std::size_t i = 0; i < std::min(all.size(), most_named); ++i) {
        names += (i == 0 ? "" : ", ") + shown(all[i]);
    }
    if (!all.empty()) {
        const std::string more = all.size() > most_named ? " and more, which --json lists" : "";
        std::fprintf(stderr, "left out %zu: %s%s\n", all.size(), names.c_str(), more.c_str());
    }
    for (const capture::LotSource& lot : lots) {
        for (const std::string& left_out : lot.maybe_mail) {
            std::fprintf(
                stderr,
                "lot %s: not taken in: %s\n",
                shown(lot.name).c_str(),
                shown(left_out).c_str()
            );
        }
    }
}

std::vector<capture::LotSource> lots_of(const RunOptions& options) {
    const std::vector<capture::LotSource> lots =
        capture::find_lots({options.given.begin(), options.given.end()});
    say_what_is_left_out(lots);
    if (lots.empty()) {
        std::string given;
        for (const std::string& each : options.given) {
            given += (given.empty() ? "" : ", ") + each;
        }
        throw Error(Remedy::FixInput, "nothing to take in: no page file in " + given);
    }
    return lots;
}

/// A mistyped --caisse is said even when every lot says its own.
void check_caisse(const std::string& code, const config::Config& config) {
    if (!code.empty() && !is_caisse(code, config)) {
        throw_no_such_caisse(code, config);
    }
}

/// "2 lots, 14 files", before the first page is looked at.
std::string beginning(const std::vector<capture::LotSource>& lots) {
    std::size_t files = 0;
    for (const capture::LotSource& lot : lots) {
        files += lot.files.size();
    }
    return "begins with " + counted(static_cast<long>(lots.size()), "lot") + ", " +
           counted(static_cast<long>(files), "file");
}

/// Pages and plis apart: the table above counts plis, and that of a page set aside is to verify.
void print_set_aside(const pipeline::RunOutcome& outcome) {
    if (outcome.pages_set_aside > 0) {
        std::printf(
            "%s set aside: %s to verify\n",
            counted(outcome.pages_set_aside, "page").c_str(),
            outcome.pages_set_aside == 1 ? "its pli counts as" : "their plis count as"
        );
    }
    if (outcome.plis_set_aside > 0) {
        std::printf("%s set aside\n", counted(outcome.plis_set_aside, "pli").c_str());
    }
}

void print_for_people(
    const pipeline::RunOutcome& outcome,
    const store::Reconciliation& balance,
    const pipeline::Platform& platform
) {
    std::fputs(balance_table(balance.caisses).c_str(), stdout);
    const double seconds = outcome.duration.count();
    std::printf(
        "\n%s taken in (%d known already), %s read in %s (%.2f pages/s), %s delivered\n",
        counted(outcome.new_files, "file").c_str(),
        outcome.known_files,
        counted(outcome.pages, "page").c_str(),
        time_text(std::chrono::round<std::chrono::seconds>(outcome.duration)).c_str(),
        seconds > 0.0 ? static_cast<double>(outcome.pages) / seconds : 0.0,
        counted(outcome.documents, "document").c_str()
    );
    print_set_aside(outcome);
    std::printf(
        "PDF and index files: %s/<caisse>/<date>/\n", shown(platform.ged_root().string()).c_str()
    );
    std::puts("plis to verify or set aside, by name and reason: pleiade reconcile");
}

Json held_json(const pipeline::RunOutcome& outcome) {
    Json list = Json::array();
    for (const pipeline::HeldCaisse& held : outcome.held) {
        list.push_back({{"caisse", held.caisse}, {"what", held.trouble.what}});
    }
    return list;
}

Json trouble_json(Remedy remedy, const std::string& what) {
    return {{"what", what}, {"exit_code", exit_code_of(remedy)}};
}

/// @param balance Nothing when the database cannot be asked any more.
void print_json(
    const pipeline::RunOutcome& outcome,
    const std::vector<std::string>& left_out,
    const std::optional<store::Reconciliation>& balance
) {
    std::vector<std::string> complaints = outcome.complaints;
    complaints.insert(complaints.end(), outcome.remarks.begin(), outcome.remarks.end());
    Json json{
        {"new_files", outcome.new_files},
        {"known_files", outcome.known_files},
        {"pages", outcome.pages},
        {"documents", outcome.documents},
        {"set_aside", outcome.set_aside},
        {"pages_set_aside", outcome.pages_set_aside},
        {"plis_set_aside", outcome.plis_set_aside},
        {"seconds", outcome.duration.count()},
        {"interrupted", outcome.interrupted},
        {"complaints", complaints},
        {"left_out", left_out},
        {"held", held_json(outcome)},
        {"trouble", nullptr},
        {"caisses", nullptr}};
    if (outcome.trouble) {
        json["trouble"] = trouble_json(outcome.trouble->remedy, outcome.trouble->what);
    }
    if (balance) {
        json["caisses"] = balances_json(balance->caisses);
    }
    std::puts(line_of(json).c_str());
}

/// A person who must change a setting comes before a disk that may come back by itself.
Remedy remedy_of(const std::vector<pipeline::HeldCaisse>& all_held) {
    const bool by_configuration =
        std::ranges::any_of(all_held, [](const pipeline::HeldCaisse& held) {
            return held.trouble.remedy == Remedy::FixConfiguration;
        });
    return by_configuration ? Remedy::FixConfiguration : Remedy::RetryLater;
}

/// Says how the run ended when it did not end well.
int ending_of(const pipeline::RunOutcome& outcome) {
    for (const std::string& complaint : outcome.complaints) {
        std::fprintf(stderr, "%s\n", shown(complaint).c_str());
    }
    for (const std::string& remark : outcome.remarks) {
        std::fprintf(stderr, "%s\n", shown(remark).c_str());
    }
    for (const pipeline::HeldCaisse& held : outcome.held) {
        std::fprintf(
            stderr,
            "pleiade: not all was delivered. %s. Nothing is lost: when that is mended, the same "
            "command delivers the rest\n",
            shown(held.trouble.what).c_str()
        );
    }
    if (outcome.trouble) {
        std::fprintf(
            stderr,
            "pleiade: stopped: %s. Nothing is lost: when that is mended, the same command goes on "
            "where it stopped\n",
            shown(outcome.trouble->what).c_str()
        );
        return exit_code_of(outcome.trouble->remedy);
    }
    if (outcome.interrupted) {
        std::fputs(
            "pleiade: stopped as asked. The same command goes on where it stopped\n", stderr
        );
        return exit_other;
    }
    if (!outcome.held.empty()) {
        return exit_code_of(remedy_of(outcome.held));
    }
    if (outcome.refused) {
        return exit_code_of(outcome.refused->remedy);
    }
    return outcome.set_aside > 0 || !outcome.complaints.empty() ? exit_some_set_aside : exit_done;
}

int run_lots(const CommonOptions& options, const RunOptions& run_options) {
    const std::vector<capture::LotSource> lots = lots_of(run_options);
    const StopOnSignal signals;
    const SystemClock clock;
    config::Config config = load_config(options);
    check_caisse(run_options.caisse, config);
    ProgressReport progress = standard_progress(clock);
    progress.begin(beginning(lots));
    pipeline::Platform platform(std::move(config), options.home, pipeline::Use::Work);
    const pipeline::RunOutcome outcome = pipeline::run(
        {lots, run_options.caisse, run_options.workers},
        platform,
        clock,
        signals.token(),
        [&progress](const pipeline::Progress& now) { progress.show(now); }
    );
    progress.clear();
    std::optional<store::Reconciliation> balance;
    if (!outcome.trouble) {
        const bool all_ended = platform.is_exclusive() && !outcome.interrupted;
        const store::Hands hands = all_ended ? store::Hands::None : store::Hands::AtWork;
        balance = store::Reports(platform.database_url()).reconcile({}, hands);
    }
    if (options.json) {
        print_json(outcome, left_out_of(lots), balance);
    } else if (balance) {
        print_for_people(outcome, *balance, platform);
    }
    return ending_of(outcome);
}

/// As run_lots; with --json a run that could not begin is an object too.
int run_or_say(const CommonOptions& options, const RunOptions& run_options) {
    try {
        return run_lots(options, run_options);
    } catch (const Error& error) {
        if (options.json) {
            const Json json{{"trouble", trouble_json(error.remedy(), error.what())}};
            std::puts(line_of(json).c_str());
        }
        throw;
    }
}

} // namespace

void add_run(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* command = program.add_subcommand(
        "run", "Take lots in, read, decide and deliver them; end when all is settled"
    );
    const auto run_options = std::make_shared<RunOptions>(
    ); // filled by the parser, read by the call: whichever ends last
    command
        ->add_option(
            "given", run_options->given, "Folders (each folder of page files is a lot) or files"
        )
        ->required()
        ->check(not_empty("folder"));
    command->add_option(
        "--caisse", run_options->caisse, "Caisse of lots that do not say theirs, e.g. 061"
    );
    command
        ->add_option("--workers", run_options->workers, "Reading processes (default: one per core)")
        ->check(CLI::Range(1, 256));
    add_place_options(*command, options);
    add_json_option(*command, options);
    command->callback([&options, &chosen, run_options] {
        chosen = [&options, run_options] { return run_or_say(options, *run_options); };
    });
}

} // namespace pleiade::cli
