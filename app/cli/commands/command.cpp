#include "app/cli/commands/command.h"

#include "core/caisse.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <optional>

namespace pleiade::cli {

namespace {

config::Places places_of(const CommonOptions& options) {
    std::optional<std::filesystem::path> named;
    if (!options.config.empty()) {
        named = options.config;
    }
    config::Places places = config::usual_places(named);
    places.home = std::filesystem::absolute(options.home);
    return places;
}

} // namespace

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

std::string user_name() {
    const passwd* user = ::getpwuid(::geteuid()); // NOLINT(concurrency-mt-unsafe): one thread
    return user == nullptr ? "uid " + std::to_string(::geteuid()) : std::string(user->pw_name);
}

std::string exit_codes_text() {
    return "Exit codes: 0 done; 1 something was set aside, cannot be read or is unexplained; 2 "
           "wrong "
           "use;\n3 configuration; 4 database or storage out of reach; 5 stopped as asked, or "
           "anything else";
}

config::Config load_config(const CommonOptions& options) {
    Result<config::Config> config = config::load(places_of(options), config::process_environment());
    if (!config.ok()) {
        throw Mistakes(config.failure().remedy, config.failure().what);
    }
    return std::move(config).value();
}

config::Draft draft_config(const CommonOptions& options) {
    return config::draft(places_of(options), config::process_environment());
}

bool is_caisse(const std::string& code, const config::Config& config) {
    return code == unknown_caisse ||
           std::ranges::find(config.caisses, code, &Caisse::code) != config.caisses.end();
}

void throw_no_such_caisse(const std::string& code, const config::Config& config) {
    std::string known;
    for (const Caisse& caisse : config.caisses) {
        known += caisse.code + ", ";
    }
    throw Error(
        Remedy::FixInput,
        "there is no caisse \"" + code + "\". There are " + known + unknown_caisse +
            " (mixed mail), by the files of " + config.sources.caisses.value_or("").string()
    );
}

CLI::Validator not_empty(const std::string& what) {
    return {
        [what](const std::string& text) {
            const bool blank = text.find_first_not_of(' ') == std::string::npos;
            return blank ? "no " + what + " given: the text is empty" : std::string();
        },
        ""};
}

void add_place_options(CLI::App& command, CommonOptions& options) {
    command
        .add_option(
            "--home", options.home, "Folder that holds database, images and GED (default: ./var)"
        )
        ->check(not_empty("folder"));
    command
        .add_option(
            "--config",
            options.config,
            "Folder with types.toml, caisses/ and perhaps pleiade.toml, or a settings file beside "
            "them"
        )
        ->check(not_empty("folder"));
}

void add_json_option(CLI::App& command, CommonOptions& options) {
    command.add_flag("--json", options.json, "Report as JSON");
}

} // namespace pleiade::cli
