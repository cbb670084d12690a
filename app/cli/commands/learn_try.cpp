#include "app/cli/commands/learn_try.h"

#include "app/cli/commands/json.h"
#include "app/cli/commands/table.h"
#include "app/cli/commands/words.h"
#include "app/pipeline/platform.h"
#include "app/pipeline/try_types.h"
#include "core/clock.h"
#include "store/reports.h"

#include <chrono>
#include <cstdio>
#include <map>
#include <memory>
#include <utility>

namespace pleiade::cli {
namespace {

using pipeline::TriedDocument;

struct TryOptions {
    std::vector<std::filesystem::path> files;
    std::filesystem::path types;
    std::string caisse;
    int days = 7; // chosen: a week has every kind of day
};

constexpr std::size_t most_named = 1000; // chosen: more than anybody reads

/// What a trial came to.
struct Trial {
    std::size_t plis = 0;
    std::size_t documents = 0;
    std::size_t automatic_before = 0;
    std::size_t automatic_after = 0;
    std::size_t gained = 0; ///< Would need nobody any more.
    std::size_t lost = 0;   ///< Would need somebody now.
    std::map<std::pair<std::string, std::string>, std::size_t>
        moves;                          ///< By types before and after.
    std::size_t changes = 0;            ///< Documents that would fare otherwise.
    std::vector<TriedDocument> changed; ///< The first of these.

    void add(std::vector<TriedDocument> tried) {
        ++plis;
        for (TriedDocument& document : tried) {
            const bool before = document.before.automatic;
            const bool after = document.after.automatic;
            ++documents;
            automatic_before += before ? 1U : 0U;
            automatic_after += after ? 1U : 0U;
            gained += after && !before ? 1U : 0U;
            lost += before && !after ? 1U : 0U;
            if (document.before.type != document.after.type) {
                ++moves[{document.before.type, document.after.type}];
            }
            if (!document.before.same_fate(document.after)) {
                ++changes;
                if (changed.size() < most_named) {
                    changed.push_back(std::move(document));
                }
            }
        }
    }
};

std::vector<DocumentType> tried_types(const TryOptions& tried) {
    Result<std::vector<DocumentType>> types = config::types_in(tried.types);
    if (!types.ok()) {
        throw Mistakes(types.failure().remedy, types.failure().what);
    }
    return std::move(types).value();
}

/// Plis of the last days, as they are stored.
Trial of_stored(
    const CommonOptions& options,
    const config::Config& config,
    const TryOptions& tried,
    pipeline::TypeTrial& readers
) {
    const pipeline::Platform platform(config, options.home, pipeline::Use::Look);
    const auto today = std::chrono::floor<std::chrono::days>(SystemClock().now());
    const store::Scope scope{
        .first_day = std::chrono::year_month_day(today - std::chrono::days(tried.days)),
        .last_day = std::nullopt,
        .caisse = tried.caisse};
    store::Reports reports(platform.database_url());
    store::Journey journey(platform.database_url());
    Trial trial;
    for (auto plis = reports.decided_plis(scope); !plis.empty();
         plis = reports.decided_plis(scope, plis.back().id)) {
        for (const store::DecidedPli& decided : plis) {
            trial.add(readers.of_stored(journey.understood_pli(decided.id), decided));
        }
    }
    return trial;
}

Trial of_files(
    const config::Config& config, const TryOptions& tried, pipeline::TypeTrial& readers
) {
    constexpr std::size_t megabyte = 1024 * 1024;
    const auto most_bytes = static_cast<std::size_t>(config.settings.reading.file_mb) * megabyte;
    const auto today = std::chrono::floor<std::chrono::days>(SystemClock().now());
    const Facts facts{.today = today, .received_on = today};
    Trial trial;
    for (const std::filesystem::path& file : tried.files) {
        trial.add(readers.of_file(
            file, most_bytes, facts, tried.caisse.empty() ? unknown_caisse : tried.caisse
        ));
    }
    return trial;
}

std::string pages_text(const std::vector<int>& numbers) {
    std::string text = std::to_string(numbers.front());
    return numbers.size() == 1 ? text : text + "-" + std::to_string(numbers.back());
}

std::string guess_text(const pipeline::TriedGuess& guess) {
    char confidence[16];
    (void)std::snprintf(confidence, sizeof confidence, " %.3f", guess.confidence);
    return guess.type + confidence + (guess.automatic ? "" : " (a person)");
}

std::string trial_text(const Trial& trial) {
    std::string text;
    if (!trial.changed.empty()) {
        std::vector<std::vector<std::string>> rows{{"pli", "now", "then", "pages"}};
        for (const TriedDocument& each : trial.changed) {
            rows.push_back(
                {shown(each.pli),
                 guess_text(each.before),
                 guess_text(each.after),
                 pages_text(each.page_numbers)}
            );
        }
        text = table_text(rows) + "\n";
        if (trial.changes > trial.changed.size()) {
            text += "and " + std::to_string(trial.changes - trial.changed.size()) +
                    " more that would fare otherwise\n";
        }
    }
    for (const auto& [types, count] : trial.moves) {
        text += types.first + " -> " + types.second + ": " +
                counted(static_cast<long>(count), "document") + "\n";
    }
    return text + counted(static_cast<long>(trial.documents), "document") + " of " +
           std::to_string(trial.plis) + " plis: " + std::to_string(trial.automatic_before) +
           " need nobody now, " + std::to_string(trial.automatic_after) + " then; " +
           std::to_string(trial.gained) + " would become automatic, " + std::to_string(trial.lost) +
           " would stop being so\n";
}

Json guess_json(const pipeline::TriedGuess& guess) {
    return {
        {"type", guess.type},
        {"confidence", guess.confidence},
        {"automatic", guess.automatic},
        {"why", guess.why}};
}

Json trial_json(const Trial& trial) {
    Json moves = Json::array();
    for (const auto& [types, count] : trial.moves) {
        moves.push_back({{"from", types.first}, {"to", types.second}, {"documents", count}});
    }
    Json changed = Json::array();
    for (const TriedDocument& each : trial.changed) {
        changed.push_back(
            {{"pli", each.pli},
             {"page_numbers", each.page_numbers},
             {"before", guess_json(each.before)},
             {"after", guess_json(each.after)}}
        );
    }
    return {
        {"plis", trial.plis},
        {"documents", trial.documents},
        {"automatic_before", trial.automatic_before},
        {"automatic_after", trial.automatic_after},
        {"gained", trial.gained},
        {"lost", trial.lost},
        {"moves", moves},
        {"changes", trial.changes},
        {"changed", changed}};
}

int try_types(const CommonOptions& options, const TryOptions& tried) {
    const config::Config config = load_config(options);
    if (!tried.caisse.empty() && !is_caisse(tried.caisse, config)) {
        throw_no_such_caisse(tried.caisse, config);
    }
    pipeline::TypeTrial readers(pipeline::reader_settings(config), tried_types(tried));
    const Trial trial = tried.files.empty() ? of_stored(options, config, tried, readers)
                                            : of_files(config, tried, readers);
    if (options.json) {
        std::puts(line_of(trial_json(trial)).c_str());
    } else {
        std::fputs(trial_text(trial).c_str(), stdout);
    }
    return exit_done;
}

} // namespace

void add_learn_try(CLI::App& learn, CommonOptions& options, Chosen& chosen) {
    CLI::App* command = learn.add_subcommand(
        "try", "What new or changed types would have made of mail that is known; changes nothing"
    );
    // Filled by the parser, read by the call: whichever ends last.
    const auto tried = std::make_shared<TryOptions>();
    add_place_options(*command, options);
    add_json_option(*command, options);
    command->add_option("files", tried->files, "Files of pages instead of stored mail")
        ->check(CLI::ExistingFile);
    command
        ->add_option(
            "--types", tried->types, "Blocks as in types.toml: new types, or others for known codes"
        )
        ->required()
        ->check(CLI::ExistingFile);
    command->add_option("--caisse", tried->caisse, "Only mail of this caisse, e.g. 061");
    constexpr int most_days = 3650;
    command->add_option("--days", tried->days, "Mail of so many days (default: 7)")
        ->check(CLI::Range(1, most_days));
    command->callback([&options, &chosen, tried] {
        chosen = [&options, tried] { return try_types(options, *tried); };
    });
}

} // namespace pleiade::cli
