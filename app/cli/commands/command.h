#pragma once
// What all commands share: their common options, exit codes, and how one is added to the program.

#include "app/config/config.h"
#include "core/failure.h"

#include <CLI/CLI.hpp>

#include <filesystem>
#include <functional>
#include <string>

namespace pleiade::cli {

/// The contract of docs/architecture.md, "Command line".
enum ExitCode : int {
    exit_done = 0,
    exit_some_set_aside = 1,
    exit_wrong_use = 2,
    exit_configuration = 3,
    exit_out_of_reach = 4,
    exit_other = 5,
};

[[nodiscard]] int exit_code_of(Remedy remedy);

struct CommonOptions {
    std::filesystem::path home = "var";
    std::string config; ///< Empty: found beside the program or in /etc/pleiade.
    bool json = false;
};

/// Configuration as the options say.
/// @throws Error(FixConfiguration) listing every mistake.
[[nodiscard]] config::Config load_config(const CommonOptions& options);

/// A command adds itself to the program and puts what is to be run into `chosen` when it is picked.
using Chosen = std::function<int()>;

void add_inspect(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_run(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_status(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_reconcile(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_doctor(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_separators(CLI::App& program, CommonOptions& options, Chosen& chosen);

/// The options nearly every command has.
void add_home_option(CLI::App& command, CommonOptions& options);
void add_json_option(CLI::App& command, CommonOptions& options);

} // namespace pleiade::cli
