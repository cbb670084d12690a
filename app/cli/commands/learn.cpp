// pleiade learn: models of document types, taught and judged by examples.

#include "app/learning/learn.h"

#include "app/cli/commands/command.h"
#include "app/cli/commands/json.h"
#include "app/cli/commands/learn_reports.h"
#include "app/cli/commands/learn_truth.h"
#include "app/cli/commands/learn_try.h"
#include "app/cli/commands/words.h"
#include "app/learning/model_folder.h"
#include "app/pipeline/platform.h"
#include "core/clock.h"
#include "core/durable_file.h"

#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <optional>

namespace pleiade::cli {
namespace {

using learning::Examples;
using learning::Judged;
using learning::ModelFolder;

struct LearnOptions {
    std::vector<std::filesystem::path> examples;
    bool truth = false; ///< And what people corrected.
    std::string caisse; ///< Whose corrections; empty = all.
    std::filesystem::path model;
    std::string old_model;
    std::filesystem::path out;
    classify::TrainSettings train;
    bool force = false;
    std::string reason;
    double wanted_error = 0.001; // spec: the error that is signed for
};

/// A line that rewrites itself, on a terminal only.
class Ticker {
public:
    Ticker() : on_terminal_(::isatty(STDERR_FILENO) == 1) {}
    Ticker(const Ticker&) = delete;
    Ticker& operator=(const Ticker&) = delete;
    Ticker(Ticker&&) = delete;
    Ticker& operator=(Ticker&&) = delete;
    ~Ticker() {
        if (on_terminal_ && shown_ >= 0) {
            std::fputs("\r\x1b[K", stderr); // spec: ISO 6429, erase in line
        }
    }

    void show(const std::string& what, double share) {
        constexpr double hundred = 100.0;
        const int percent = static_cast<int>(std::floor(share * hundred));
        if (on_terminal_ && percent != shown_) {
            std::fprintf(stderr, "\r\x1b[K%s %d %%", what.c_str(), percent);
            shown_ = percent;
        }
    }

private:
    bool on_terminal_;
    int shown_ = -1;
};

learning::Tell told_to(Ticker& ticker) {
    return [&ticker](const std::string& what, double share) { ticker.show(what, share); };
}

std::vector<std::vector<Judged>>
judged(const Examples& examples, const std::vector<classify::ClassifySettings>& settings) {
    Ticker ticker;
    return learning::judge_all(examples, settings, told_to(ticker));
}

/// The examples that the options name; the database is open as long as they are.
class NamedExamples {
public:
    NamedExamples(
        const CommonOptions& options, const config::Config& config, const LearnOptions& learn
    ) {
        std::vector<Examples> sources;
        if (!learn.examples.empty()) {
            sources.push_back(learning::examples_in(learn.examples));
        }
        if (learn.truth) {
            platform_.emplace(config, options.home, pipeline::Use::Look);
            truth_.emplace(platform_->database_url());
            sources.push_back(learning::examples_known(*truth_, learn.caisse));
        }
        if (sources.empty()) {
            throw Error(
                Remedy::FixInput, "name files of examples, or --truth for what people corrected"
            );
        }
        examples_ = learning::all_of(sources);
    }

    [[nodiscard]] const Examples& all() const { return examples_; }

private:
    std::optional<pipeline::Platform> platform_;
    std::optional<store::Truth> truth_;
    Examples examples_;
};

learning::Act act_of(const LearnOptions& learn) {
    return {user_name(), learn.reason, SystemClock().now()};
}

/// Where models are published: beside the configuration that was named, or else in the home.
ModelFolder models_of(const CommonOptions& options) {
    if (options.config.empty()) {
        return ModelFolder(std::filesystem::absolute(options.home));
    }
    const std::filesystem::path named = std::filesystem::absolute(options.config);
    return ModelFolder(std::filesystem::is_directory(named) ? named : named.parent_path());
}

int train(const CommonOptions& options, const LearnOptions& learn) {
    const config::Config config = load_config(options);
    std::optional<classify::Trained> trained;
    {
        const NamedExamples examples(options, config, learn);
        Ticker ticker;
        trained = learning::train(examples.all(), config, learn.train, told_to(ticker));
    }
    const Bytes bytes = classify::to_bytes(trained->model);
    write_durably(learn.out, bytes);
    if (options.json) {
        Json json = trained_json(*trained, bytes.size());
        json["model"] = learn.out.string();
        std::puts(line_of(json).c_str());
    } else {
        std::fputs(trained_text(*trained, bytes.size()).c_str(), stdout);
    }
    return exit_done;
}

/// "none" stands for the anchors alone, "current" for the model in use.
std::optional<classify::TypeModel>
model_named(const std::string& name, const config::Config& config) {
    if (name == "none") {
        return std::nullopt;
    }
    return name == "current" ? learning::model_in_use(config) : learning::read_model(name);
}

void print_comparison(
    const CommonOptions& options,
    const learning::OutcomesByType& before,
    const learning::OutcomesByType& after
) {
    if (options.json) {
        std::puts(line_of(compared_json(before, after)).c_str());
        return;
    }
    std::fputs(compared_text(before, after).c_str(), stdout);
    const std::string worse = learning::why_worse(sum_of(before), sum_of(after));
    std::printf("%s\n", worse.empty() ? "not worse" : ("worse: " + worse).c_str());
}

int compare(const CommonOptions& options, const LearnOptions& learn) {
    const config::Config config = load_config(options);
    const NamedExamples examples(options, config, learn);
    const auto lists = judged(
        examples.all(),
        {learning::settings_with(config, model_named(learn.old_model, config)),
         learning::settings_with(config, model_named(learn.model.string(), config))}
    );
    const auto before = learning::outcomes_of(lists.at(0));
    const auto after = learning::outcomes_of(lists.at(1));
    print_comparison(options, before, after);
    return learning::why_worse(sum_of(before), sum_of(after)).empty() ? exit_done
                                                                      : exit_some_set_aside;
}

void require_reason_to_force(const LearnOptions& learn) {
    if (learn.force && learn.reason.empty()) {
        throw Error(Remedy::FixInput, "--force goes with --reason \"...\", which is kept");
    }
    if (learn.examples.empty() && !learn.truth && !learn.force) {
        throw Error(
            Remedy::FixInput,
            "give the golden set with --golden: without it nobody knows whether the model is worse"
        );
    }
}

/// Why the model may not be used; empty when it may.
std::string objection_to(
    const classify::TypeModel& model,
    const CommonOptions& options,
    const config::Config& config,
    const LearnOptions& learn
) {
    if (learn.examples.empty() && !learn.truth) {
        return {};
    }
    const NamedExamples examples(options, config, learn);
    const auto lists = judged(
        examples.all(),
        {learning::settings_with(config, learning::model_in_use(config)),
         learning::settings_with(config, model)}
    );
    return learning::why_worse(
        sum_of(learning::outcomes_of(lists.at(0))), sum_of(learning::outcomes_of(lists.at(1)))
    );
}

int publish(const CommonOptions& options, const LearnOptions& learn) {
    require_reason_to_force(learn);
    const classify::TypeModel model = learning::read_model(learn.model);
    (void)load_config(options); // with mistakes in it no folder is made
    ModelFolder models = models_of(options);
    // Before the configuration says which model is in use: of two who publish, the second would be
    // compared with one that is not in use any more.
    const learning::PublishingTurn turn = models.take_turn();
    const config::Config config = load_config(options);
    const std::string objection = objection_to(model, options, config, learn);
    Json json{{"published", false}, {"worse", objection}, {"version", nullptr}};
    std::string said = "not published, it is worse. " + objection +
                       ". To publish it all the same: --force --reason \"...\"";
    int code = exit_some_set_aside;
    if (objection.empty() || learn.force) {
        const int version = models.publish(classify::to_bytes(model), act_of(learn));
        json["published"] = true;
        json["version"] = version;
        json["file"] = models.file_of(version).string();
        said = "in use: " + shown(models.file_of(version).string());
        code = exit_done;
    }
    std::puts(options.json ? line_of(json).c_str() : said.c_str());
    return code;
}

int roll_back(const CommonOptions& options, const LearnOptions& learn) {
    (void)load_config(options); // with mistakes in it nobody knows what is in use
    ModelFolder models = models_of(options);
    std::optional<learning::PublishingTurn> turn;
    if (std::filesystem::is_directory(models.folder())) { // else nothing is in use, which is said
        turn.emplace(models.take_turn());
    }
    const int version = models.roll_back(act_of(learn));
    if (options.json) {
        std::puts(line_of(Json{{"version", version}}).c_str());
    } else if (version == 0) {
        std::printf("no model of %s is in use any more\n", shown(models.folder().string()).c_str());
    } else {
        std::printf("in use again: %s\n", shown(models.file_of(version).string()).c_str());
    }
    return exit_done;
}

int curve(const CommonOptions& options, const LearnOptions& learn) {
    const config::Config config = load_config(options);
    const std::string name = learn.model.empty() ? "current" : learn.model.string();
    const NamedExamples examples(options, config, learn);
    const auto lists =
        judged(examples.all(), {learning::settings_with(config, model_named(name, config))});
    const std::vector<learning::CurvePoint> points = learning::curve_of(lists.at(0));
    if (!learn.out.empty()) {
        write_durably(learn.out, bytes_of(learning::svg_of(points, learn.wanted_error)));
    }
    if (options.json) {
        std::puts(line_of(curve_json(points, learn.wanted_error)).c_str());
    } else {
        std::fputs(curve_text(points, learn.wanted_error).c_str(), stdout);
    }
    return exit_done;
}

using Work = int (*)(const CommonOptions&, const LearnOptions&);

/// One of the commands below `learn`, being added.
struct Part {
    CLI::App* command;
    std::shared_ptr<LearnOptions> learn; ///< Filled by the parser, read by the call.

    void examples(const char* name, const char* what) const {
        command->add_option(name, learn->examples, what)->check(CLI::ExistingFile);
        command->add_flag("--truth", learn->truth, "Also what people corrected, from the database");
        command->add_option("--caisse", learn->caisse, "With --truth: of this caisse only")
            ->needs("--truth");
    }
    void reason() const {
        command->add_option("--reason", learn->reason, "Why; kept with who and when");
    }
};

void add_train(const Part& part) {
    part.examples("examples,--examples", "Files of examples, a pli a line as JSON");
    part.command->add_option("--out", part.learn->out, "File of the model")
        ->required()
        ->check(not_empty("file"));
    part.command->add_option("--seed", part.learn->train.seed, "Another gives another model");
    part.command
        ->add_option(
            "--cost", part.learn->train.cost, "How closely the examples are followed (default: 1)"
        )
        ->check(CLI::PositiveNumber);
}

void add_compare(const Part& part) {
    constexpr const char* what = "A model file, \"current\" or \"none\"";
    part.command->add_option("old", part.learn->old_model, what)->required();
    part.command->add_option("new", part.learn->model, what)->required();
    part.examples("--golden", "Files of examples to judge both by");
}

void add_publish(const Part& part) {
    part.command->add_option("model", part.learn->model, "A model file")->required();
    part.examples("--golden", "Files of examples on which it must not be worse");
    part.command->add_flag("--force", part.learn->force, "Also when it is worse; with --reason");
    part.reason();
}

void add_curve(const Part& part) {
    part.examples("examples,--examples", "Files of examples, a pli a line as JSON");
    part.command->add_option(
        "--model", part.learn->model, "A model file or \"none\" (default: the one in use)"
    );
    part.command
        ->add_option(
            "--error", part.learn->wanted_error, "Wanted share of wrong ones (default: 0.001)"
        )
        ->check(CLI::Range(0.0, 1.0));
    part.command->add_option("--svg", part.learn->out, "File for the picture of the curve")
        ->check(not_empty("file"));
}

} // namespace

void add_learn(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* learn = program.add_subcommand(
        "learn", "Teach models of document types, compare them, put them into use"
    );
    learn->require_subcommand(1);
    const auto add = [&](const char* name, const char* what, Work work) {
        Part part{learn->add_subcommand(name, what), std::make_shared<LearnOptions>()};
        add_place_options(*part.command, options);
        add_json_option(*part.command, options);
        part.command->callback([&options, &chosen, work, learn_options = part.learn] {
            chosen = [&options, work, learn_options] { return work(options, *learn_options); };
        });
        return part;
    };
    add_train(add("train", "Make a model from examples", &train));
    add_compare(add("compare", "What two models make of a golden set, by type", &compare));
    add_publish(add("publish", "Put a model into use, unless it is worse", &publish));
    add("rollback", "Back to the model that was in use before", &roll_back).reason();
    add_curve(add("curve", "Error against automation, and the threshold for an error", &curve));
    add_learn_truth(*learn, options, chosen);
    add_learn_try(*learn, options, chosen);
}

} // namespace pleiade::cli
