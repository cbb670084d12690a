#include "app/cli/commands/learn_truth.h"

#include "app/cli/commands/json.h"
#include "app/cli/commands/learn_reports.h"
#include "app/cli/commands/scope_options.h"
#include "app/cli/commands/statements.h"
#include "app/cli/commands/words.h"
#include "app/learning/true_error.h"
#include "app/pipeline/platform.h"
#include "core/clock.h"
#include "store/blob_store.h"
#include "store/truth.h"

#include <cstdio>
#include <memory>
#include <utility>

namespace pleiade::cli {
namespace {

struct TruthOptions {
    std::string subject;
    std::string type;
    std::vector<std::string> fields;
    std::string pages;
    std::string who;
    std::string import;
    ScopeOptions scope;
};

/// Who says it, and when, unless a line says better.
store::Statement statement_of(const TruthOptions& said, store::Origin origin) {
    store::Statement statement{
        .subject = said.subject,
        .page_numbers = page_numbers_in(said.pages),
        .type = said.type,
        .fields = {},
        .who = said.who.empty() ? user_name() : said.who,
        .when = SystemClock().now(),
        .origin = origin};
    for (const std::string& field : said.fields) {
        statement.fields.push_back(field_in(field));
    }
    return statement;
}

std::vector<store::Statement> statements_of(const TruthOptions& said) {
    const bool one =
        !said.subject.empty() || !said.type.empty() || !said.fields.empty() || !said.pages.empty();
    if (said.import.empty()) {
        if (said.subject.empty() || said.type.empty()) {
            throw Error(
                Remedy::FixInput,
                "say which document and --type, or --import a file with a line for each"
            );
        }
        return {statement_of(said, store::Origin::Correction)};
    }
    if (one) {
        throw Error(
            Remedy::FixInput, "--import says it all: no document, --type, --field, --pages"
        );
    }
    return statements_in(said.import, statement_of(said, store::Origin::Import));
}

std::string kept_text(const store::Statement& statement, const store::Kept& kept) {
    std::string text = "kept: ";
    text += kept.position == 0 ? "pages" : "document " + std::to_string(kept.position);
    text += " of pli " + std::to_string(kept.pli) + ": " + statement.type;
    if (!kept.type_decided.empty() && kept.type_decided != statement.type) {
        text += ", not " + kept.type_decided;
    }
    return text;
}

Json kept_json(
    const std::vector<store::Statement>& statements, const std::vector<store::Kept>& kept
) {
    Json list = Json::array();
    for (std::size_t i = 0; i < kept.size(); ++i) {
        Json each{
            {"truth", kept[i].truth},
            {"pli_id", kept[i].pli},
            {"document", kept[i].position},
            {"type", statements[i].type}};
        if (statements[i].origin != store::Origin::Sample) {
            each["type_decided"] = kept[i].type_decided;
        }
        list.push_back(std::move(each));
    }
    return Json{{"kept", list}};
}

int keep(const CommonOptions& options, const std::vector<store::Statement>& statements) {
    const config::Config config = load_config(options);
    for (const store::Statement& statement : statements) {
        check_statement(statement, config.types);
    }
    const pipeline::Platform platform(config, options.home, pipeline::Use::Look);
    const std::vector<store::Kept> kept = store::Truth(platform.database_url()).keep(statements);
    if (options.json) {
        std::puts(line_of(kept_json(statements, kept)).c_str());
    } else if (kept.size() == 1) {
        std::puts(shown(kept_text(statements.front(), kept.front())).c_str());
    } else {
        std::printf("kept: %s\n", counted(static_cast<long>(kept.size()), "correction").c_str());
    }
    return exit_done;
}

int correct(const CommonOptions& options, const TruthOptions& said) {
    return keep(options, statements_of(said));
}

int key_sample(const CommonOptions& options, const TruthOptions& said) {
    return keep(options, {statement_of(said, store::Origin::Sample)});
}

int list_samples(const CommonOptions& options, const TruthOptions& said) {
    const store::Scope scope = scope_of(said.scope);
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    const std::vector<store::OpenSample> samples =
        store::Truth(platform.database_url()).open_samples(scope);
    if (samples.empty()) {
        check_scope(scope, platform.configuration());
    }
    const store::FolderBlobStore images(platform.image_folder());
    const auto preview_of = [&](const store::SamplePage& page) {
        return page.preview_sha256.empty() ? std::string()
                                           : images.path_of({page.preview_sha256}).string();
    };
    if (options.json) {
        std::puts(line_of(samples_json(samples, preview_of)).c_str());
    } else {
        std::fputs(samples_text(samples, preview_of).c_str(), stdout);
    }
    return exit_done;
}

int show_error(const CommonOptions& options, const TruthOptions& said) {
    const store::Scope scope = scope_of(said.scope);
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    const store::KeyedSamples keyed = store::Truth(platform.database_url()).keyed_samples(scope);
    if (keyed.counts.empty()) {
        check_scope(scope, platform.configuration());
    }
    const learning::ErrorReport report = learning::true_error(keyed);
    if (options.json) {
        std::puts(line_of(error_json(report)).c_str());
    } else {
        std::fputs(error_text(report).c_str(), stdout);
    }
    return exit_done;
}

using Work = int (*)(const CommonOptions&, const TruthOptions&);

/// What a person says of a document.
void add_statement(CLI::App& command, TruthOptions& said) {
    command.add_option("--type", said.type, "Code of its type, as in types.toml");
    command.add_option("--field", said.fields, "A field as name=value; several times for several")
        ->take_all();
    command.add_option("--pages", said.pages, "Its pages in the pli, from 1: 3, 1-3 or 1-2,5");
    command.add_option("--who", said.who, "Who says it (default: the user of the machine)");
}

} // namespace

void add_learn_truth(CLI::App& learn, CommonOptions& options, Chosen& chosen) {
    const auto add = [&](CLI::App& parent, const char* name, const char* what, Work work) {
        CLI::App* command = parent.add_subcommand(name, what);
        // Filled by the parser, read by the call: whichever ends last.
        const auto said = std::make_shared<TruthOptions>();
        add_place_options(*command, options);
        add_json_option(*command, options);
        command->callback([&options, &chosen, work, said] {
            chosen = [&options, work, said] { return work(options, *said); };
        });
        return std::pair(command, said);
    };
    const auto [corrected, correction] =
        add(learn, "correct", "Keep what a document really is, with who and when", &correct);
    corrected->add_option(
        "document",
        correction->subject,
        "Key of a document (061-12-1), or its pli by number or name"
    );
    add_statement(*corrected, *correction);
    corrected->add_option(
        "--import", correction->import, "A file of JSON lines instead; - to be given them"
    );

    CLI::App* sample = learn.add_subcommand(
        "sample", "Documents to be keyed by a person who does not know what was decided"
    );
    sample->require_subcommand(1);
    const auto [listed, list] = add(*sample, "list", "Those that wait", &list_samples);
    add_scope_options(*listed, list->scope);
    add_since_option(*listed, list->scope);
    const auto [keyed, key] = add(*sample, "key", "What a sample is", &key_sample);
    keyed->add_option("sample", key->subject, "Its number in the list")->required();
    add_statement(*keyed, *key);
    keyed->get_option("--type")->required();

    const auto [error, scope] = add(
        learn, "error", "How many automatic documents are wrong, as the samples say", &show_error
    );
    add_scope_options(*error, scope->scope);
    add_since_option(*error, scope->scope);
}

} // namespace pleiade::cli
