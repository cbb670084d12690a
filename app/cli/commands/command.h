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

/// As people read them below --help.
[[nodiscard]] std::string exit_codes_text();

struct CommonOptions {
    std::filesystem::path home = "var";
    std::string config; ///< Empty: found beside the program or in /etc/pleiade.
    bool json = false;
};

/// Mistakes of the configuration, one a line; other messages are one line.
class Mistakes : public Error {
public:
    using Error::Error;
};

/// Configuration as the options say.
/// @throws Mistakes(FixConfiguration) listing every one.
[[nodiscard]] config::Config load_config(const CommonOptions& options);

/// The same for `doctor`, mistakes and all.
[[nodiscard]] config::Draft draft_config(const CommonOptions& options);

/// Whether a caisse of this code is configured; the one of mixed mail always is.
[[nodiscard]] bool is_caisse(const std::string& code, const config::Config& config);

/// @throws Error(FixInput) saying which codes there are.
[[noreturn]] void throw_no_such_caisse(const std::string& code, const config::Config& config);

/// Who runs the program, as the machine knows them.
[[nodiscard]] std::string user_name();

/// A command adds itself to the program and puts what is to be run into `chosen` when it is picked.
using Chosen = std::function<int()>;

void add_inspect(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_run(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_work(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_status(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_reconcile(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_audit(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_doctor(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_learn(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_lot(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_pli(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_separators(CLI::App& program, CommonOptions& options, Chosen& chosen);
void add_sweep(CLI::App& program, CommonOptions& options, Chosen& chosen);

/// The options every command has, and the program itself: they may stand before the command too.
void add_place_options(CLI::App& command, CommonOptions& options);
void add_json_option(CLI::App& command, CommonOptions& options);

/// For options where an empty text is a script's forgotten variable.
/// @param what is missing then: "folder".
[[nodiscard]] CLI::Validator not_empty(const std::string& what);

} // namespace pleiade::cli
