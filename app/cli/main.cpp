// pleiade: the command line. One file per command; this one turns what went wrong into a sentence
// and an exit code.

#include "app/cli/commands/command.h"

#include <cstdio>
#include <exception>
#include <system_error>

namespace pleiade::cli {
namespace {

/// A report that nobody got is no success.
int written(int code) {
    if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) {
        return code;
    }
    throw Error(
        Remedy::RetryLater,
        "cannot write to the standard output. Is there room where it goes, and somebody who reads?"
    );
}

int run_chosen(const Chosen& chosen) {
    try {
        return written(chosen());
    } catch (const Error& error) {
        std::fprintf(stderr, "pleiade: %s\n", error.what());
        return exit_code_of(error.remedy());
    } catch (const std::system_error& error) {
        std::fprintf(stderr, "pleiade: %s\n", error.what());
        return exit_out_of_reach;
    } catch (const std::exception& bug) {
        std::fprintf(stderr, "pleiade: unexpected: %s\n", bug.what());
        return exit_other;
    }
}

int main_of(int argc, char** argv) {
    CLI::App program(
        "Pleiade: incoming paper mail, from the scanner to the caisse's document system"
    );
    program.require_subcommand(1);
    program.fallthrough(
    ); // --config may stand after the command too; commands take this over when added
    program.set_version_flag("--version", PLEIADE_VERSION);
    CommonOptions options;
    program.add_option(
        "--config", options.config, "Folder or pleiade.toml with settings, types and caisses"
    );
    Chosen chosen;
    add_run(program, options, chosen);
    add_inspect(program, options, chosen);
    add_status(program, options, chosen);
    add_reconcile(program, options, chosen);
    add_separators(program, options, chosen);
    add_doctor(program, options, chosen);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        return program.exit(wrong) == 0 ? exit_done : exit_wrong_use;
    }
    return run_chosen(chosen);
}

} // namespace
} // namespace pleiade::cli

int main(int argc, char** argv) {
    return pleiade::cli::main_of(argc, argv);
}
