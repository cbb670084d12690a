#include "app/learning/learn.h"

#include "app/learning/examples.h"
#include "core/durable_file.h"

#include <utility>

namespace pleiade::learning {
namespace {

constexpr std::size_t most_model_bytes = 64 * 1024 * 1024; // spec: app/config/config.cpp

double share_of(std::size_t part, std::size_t all) {
    return all == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(all);
}

} // namespace

classify::TypeModel read_model(const std::filesystem::path& file) {
    if (!std::filesystem::is_regular_file(file)) {
        throw Error(Remedy::FixInput, "there is no model " + file.string());
    }
    Result<classify::TypeModel> model =
        classify::type_model_from(read_file(file, most_model_bytes));
    if (!model.ok()) {
        throw Error(Remedy::FixInput, file.string() + ": " + model.failure().what);
    }
    return std::move(model).value();
}

classify::ClassifySettings
settings_with(const config::Config& config, std::optional<classify::TypeModel> model) {
    return {config.types, config.caisses, std::move(model)};
}

std::optional<classify::TypeModel> model_in_use(const config::Config& config) {
    if (!config.sources.type_model.has_value()) {
        return std::nullopt;
    }
    Result<classify::TypeModel> model = classify::type_model_from(config.type_model);
    if (!model.ok()) {
        throw Error(
            Remedy::FixConfiguration,
            config.sources.type_model->string() + ": " + model.failure().what
        );
    }
    return std::move(model).value();
}

classify::Trained train(
    const Files& examples,
    const config::Config& config,
    const classify::TrainSettings& how,
    const Tell& tell
) {
    classify::TypeTrainer trainer(config.types, how);
    const std::size_t all = bytes_of_files(examples);
    read_examples(examples, [&](const wire::Example& example, const ExamplesRead& read) {
        for (const wire::ExampleDocument& document : example.documents) {
            for (const int page_index : document.page_indexes) {
                trainer.add(
                    example.pages[static_cast<std::size_t>(page_index)],
                    document.type,
                    example.group
                );
            }
        }
        tell("reading examples", share_of(read.bytes, all));
    });
    return trainer.train([&](double share) { tell("learning", share); });
}

std::vector<std::vector<Judged>> judge_all(
    const Files& examples, const std::vector<classify::ClassifySettings>& settings, const Tell& tell
) {
    std::vector<std::vector<Judged>> lists(settings.size());
    const std::size_t all = bytes_of_files(examples);
    read_examples(examples, [&](const wire::Example& example, const ExamplesRead& read) {
        for (std::size_t i = 0; i < settings.size(); ++i) {
            const std::vector<Judged> judged = judge(example, settings[i]);
            lists[i].insert(lists[i].end(), judged.begin(), judged.end());
        }
        tell("judging examples", share_of(read.bytes, all));
    });
    return lists;
}

} // namespace pleiade::learning
