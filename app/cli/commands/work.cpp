// pleiade work: workers only, on any host, for mail that others take in. Ends when asked to.

#include "app/cli/commands/command.h"
#include "app/cli/commands/json.h"
#include "app/cli/commands/progress.h"
#include "app/cli/commands/signals.h"
#include "app/cli/commands/words.h"
#include "app/pipeline/shift.h"

#include <chrono>
#include <cstdio>
#include <memory>

namespace pleiade::cli {
namespace {

using pipeline::ShiftNews;

struct WorkOptions {
    int workers = 0;
    std::string connect;
};

std::string sentence_of(const ShiftNews& news) {
    switch (news.what) {
    case ShiftNews::What::Waits:
        return "waits: " + news.text + ". Goes on by itself";
    case ShiftNews::What::GoesOn:
        return "goes on";
    case ShiftNews::What::Holds:
        return "delivers nothing there for a minute: " + news.text;
    case ShiftNews::What::Leaves:
        return "leaves what is to be delivered to " + news.text +
               " to other hosts: no [ged] folder is named here";
    case ShiftNews::What::Unsealed:
        return "the audit is behind: " + news.text;
    }
    return news.text;
}

/// To the standard error output, line by line: a journal keeps it.
void say(const std::string& sentence) {
    std::fprintf(stderr, "pleiade: %s\n", shown(sentence).c_str());
    std::fflush(stderr);
}

std::string summary_of(const pipeline::ShiftOutcome& outcome) {
    return counted(outcome.pages, "page") + " read, " + counted(outcome.documents, "document") +
           " delivered, " + set_aside_text(outcome.set_aside) + " in " +
           time_text(std::chrono::round<std::chrono::seconds>(outcome.duration));
}

Json json_of(const pipeline::ShiftOutcome& outcome) {
    Json json{
        {"pages", outcome.pages},
        {"documents", outcome.documents},
        {"set_aside", outcome.set_aside},
        {"seconds", outcome.duration.count()},
        {"trouble", nullptr}};
    if (outcome.trouble) {
        json["trouble"] = {
            {"what", outcome.trouble->what}, {"exit_code", exit_code_of(outcome.trouble->remedy)}};
    }
    return json;
}

int work(const CommonOptions& options, const WorkOptions& work_options) {
    const StopOnSignal signals(
        "stopped at once; what was in hand goes to other workers when its lease ends"
    );
    const SystemClock clock;
    config::Config config = load_config(options);
    if (!work_options.connect.empty()) {
        config.settings.database.url = work_options.connect;
    }
    pipeline::Platform platform(std::move(config), options.home, pipeline::Use::Join);
    const pipeline::ShiftOutcome outcome = pipeline::shift(
        work_options.workers,
        platform,
        clock,
        signals.token(),
        [](const ShiftNews& news) { say(sentence_of(news)); }
    );
    const std::string report = options.json ? line_of(json_of(outcome)) : summary_of(outcome);
    std::puts(report.c_str());
    if (outcome.trouble) {
        throw Error(outcome.trouble->remedy, outcome.trouble->what);
    }
    return exit_done;
}

} // namespace

void add_work(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* command = program.add_subcommand(
        "work", "Work on what others take in, with a database and images they share; until stopped"
    );
    const auto work_options = std::make_shared<WorkOptions>(
    ); // filled by the parser, read by the call: whichever ends last
    command
        ->add_option(
            "--workers", work_options->workers, "Reading processes (default: one per core)"
        )
        ->check(CLI::Range(1, 256));
    command
        ->add_option("--connect", work_options->connect, "The database, in place of [database] url")
        ->check(not_empty("database"));
    add_place_options(*command, options);
    add_json_option(*command, options);
    command->callback([&options, &chosen, work_options] {
        chosen = [&options, work_options] { return work(options, *work_options); };
    });
}

} // namespace pleiade::cli
