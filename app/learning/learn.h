#pragma once
// Teaching a model and judging by one, from files of examples.

#include "app/config/config.h"
#include "app/learning/judge.h"
#include "classify/type_trainer.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::learning {

using Files = std::vector<std::filesystem::path>;

/// Is told what is being done and the share of it that is done, 0 to 1.
using Tell = std::function<void(const std::string&, double)>;

/// A model out of a file. @throws Error(FixInput) naming the file.
[[nodiscard]] classify::TypeModel read_model(const std::filesystem::path& file);

/// The settings of understanding, with this model or, without one, by the anchors alone.
[[nodiscard]] classify::ClassifySettings
settings_with(const config::Config& config, std::optional<classify::TypeModel> model);

/// The model of the configuration, if it has one.
[[nodiscard]] std::optional<classify::TypeModel> model_in_use(const config::Config& config);

[[nodiscard]] classify::Trained train(
    const Files& examples,
    const config::Config& config,
    const classify::TrainSettings& how,
    const Tell& tell
);

/// Every document of the examples, judged with each of the settings: one list for each.
[[nodiscard]] std::vector<std::vector<Judged>> judge_all(
    const Files& examples, const std::vector<classify::ClassifySettings>& settings, const Tell& tell
);

} // namespace pleiade::learning
