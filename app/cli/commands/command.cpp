#include "app/cli/commands/command.h"

#include <optional>

namespace pleiade::cli {

int exit_code_of(Remedy remedy) {
    switch (remedy) {
    case Remedy::FixConfiguration:
        return exit_configuration;
    case Remedy::RetryLater:
    case Remedy::CheckOutcome:
        return exit_out_of_reach;
    case Remedy::FixInput:
        return exit_wrong_use;
    }
    return exit_other;
}

config::Config load_config(const CommonOptions& options) {
    std::optional<std::filesystem::path> named;
    if (!options.config.empty()) {
        named = options.config;
    }
    Result<config::Config> config =
        config::load(config::usual_places(named), config::process_environment());
    if (!config.ok()) {
        throw Error(config.failure().remedy, config.failure().what);
    }
    return std::move(config).value();
}

void add_home_option(CLI::App& command, CommonOptions& options) {
    command.add_option(
        "--home", options.home, "Folder that holds database, images and GED (default: ./var)"
    );
}

void add_json_option(CLI::App& command, CommonOptions& options) {
    command.add_flag("--json", options.json, "Report as JSON");
}

} // namespace pleiade::cli
