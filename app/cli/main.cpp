// pleiade: the command line. One file per command; this one turns what went wrong into a sentence
// and an exit code.

#include "app/cli/commands/command.h"
#include "app/cli/commands/words.h"

#include <cstdio>
#include <exception>
#include <memory>
#include <sstream>
#include <string>
#include <system_error>
#include <vector>

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

void print_lines(const std::string& text) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::fprintf(stderr, "pleiade: %s\n", shown(line).c_str());
    }
}

std::string command_list(const CLI::App& program) {
    std::string list;
    for (const CLI::App* command : program.get_subcommands({})) {
        list += (list.empty() ? "" : ", ") + command->get_name();
    }
    return list;
}

/// Nothing for the program itself.
const CLI::App* wanted_command(const CLI::App& program, const std::string& name) {
    for (const CLI::App* command : program.get_subcommands({})) {
        if (command->get_name() == name) {
            return command;
        }
    }
    if (!name.empty()) {
        throw Error(
            Remedy::FixInput,
            "there is no command \"" + name + "\". Commands: " + command_list(program)
        );
    }
    return nullptr;
}

bool is_option(const std::string& word) {
    return word.size() > 1 && word.front() == '-';
}

/// The commands that know an option: it may have been given to the wrong one.
std::string commands_with(const CLI::App& program, const std::string& option) {
    std::string list;
    for (const CLI::App* command : program.get_subcommands({})) {
        if (command->get_option_no_throw(option) != nullptr) {
            list += (list.empty() ? "" : ", ") + command->get_name();
        }
    }
    return list;
}

/// "pleiade learn train", as far as it was given.
std::string chosen_name(const CLI::App& program) {
    const std::vector<CLI::App*> chosen = program.get_subcommands();
    return program.get_name() + (chosen.empty() ? "" : " " + chosen_name(*chosen.front()));
}

/// What the parser left over: it would only say that a command is missing.
void refuse_what_is_left(const CLI::App& program) {
    const std::vector<std::string> left = program.remaining();
    const std::vector<CLI::App*> chosen = program.get_subcommands();
    if (chosen.empty() && left.empty()) {
        throw Error(Remedy::FixInput, "no command was given. Commands: " + command_list(program));
    }
    if (left.empty()) {
        return;
    }
    const std::string word = left.front().substr(0, left.front().find('='));
    const std::string named = "\"" + word + "\"";
    const std::string command = chosen.empty() ? "" : " " + chosen.front()->get_name();
    if (is_option(word)) {
        const std::string others = commands_with(program, word);
        const std::string hint = others.empty() ? "" : ". It is one of: pleiade " + others;
        throw Error(
            Remedy::FixInput,
            "pleiade" + command + " has no option " + named + hint + ". See pleiade help" + command
        );
    }
    throw Error(
        Remedy::FixInput,
        chosen.empty() ? "there is no command " + named + ". Commands: " + command_list(program)
                       : named + " is not understood. See pleiade help" + command
    );
}

int print_help(const CLI::App& program, const std::string& name) {
    const CLI::App* command = wanted_command(program, name);
    const std::string text = command == nullptr
                                 ? program.get_formatter()->make_help(
                                       &program, program.get_name(), CLI::AppFormatMode::Normal
                                   )
                                 : command->help(program.get_name());
    std::fputs(text.c_str(), stdout);
    return exit_done;
}

/// The same as --help and --version, for those who type a word.
void add_help_and_version(CLI::App& program, Chosen& chosen) {
    CLI::App* help = program.add_subcommand("help", "How a command is used");
    const auto wanted = std::make_shared<std::string>(
    ); // filled by the parser, read by the call: whichever ends last
    help->add_option("command", *wanted, "Name of the command");
    help->callback([&program, &chosen, wanted] {
        chosen = [&program, wanted] { return print_help(program, *wanted); };
    });
    CLI::App* version = program.add_subcommand("version", "Which version this is");
    version->callback([&chosen] {
        chosen = [] {
            std::puts(PLEIADE_VERSION);
            return static_cast<int>(exit_done);
        };
    });
}

int run_chosen(const Chosen& chosen) {
    try {
        return written(chosen());
    } catch (const Mistakes& mistakes) {
        print_lines(mistakes.what());
        return exit_code_of(mistakes.remedy());
    } catch (const Error& error) {
        std::fprintf(stderr, "pleiade: %s\n", shown(error.what()).c_str());
        return exit_code_of(error.remedy());
    } catch (const std::system_error& error) {
        std::fprintf(stderr, "pleiade: %s\n", shown(error.what()).c_str());
        return exit_out_of_reach;
    } catch (const std::exception& bug) {
        std::fprintf(stderr, "pleiade: unexpected: %s\n", shown(bug.what()).c_str());
        return exit_other;
    }
}

int main_of(int argc, char** argv) {
    CLI::App program(
        "Pleiade: incoming paper mail, from the scanner to the caisse's document system", "pleiade"
    );
    program.require_subcommand(0, 1);
    program.fallthrough(
    ); // options may stand after the command too; commands take this and the footer over when added
    program.footer(exit_codes_text());
    program.set_version_flag("--version", PLEIADE_VERSION);
    CommonOptions options;
    add_place_options(program, options);
    Chosen chosen;
    add_run(program, options, chosen);
    add_work(program, options, chosen);
    add_inspect(program, options, chosen);
    add_status(program, options, chosen);
    add_reconcile(program, options, chosen);
    add_lot(program, options, chosen);
    add_pli(program, options, chosen);
    add_separators(program, options, chosen);
    add_audit(program, options, chosen);
    add_doctor(program, options, chosen);
    add_sweep(program, options, chosen);
    add_learn(program, options, chosen);
    add_help_and_version(program, chosen);
    program.allow_extras(); // looked at below; for the commands it stays off
    program.failure_message([](const CLI::App* asked, const CLI::Error& wrong) {
        return "pleiade: " + shown(wrong.what()) + ". See " + chosen_name(*asked) + " --help\n";
    });
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& wrong) {
        return program.exit(wrong) == 0 ? exit_done : exit_wrong_use;
    }
    return run_chosen([&program, &chosen] {
        refuse_what_is_left(program);
        return chosen();
    });
}

} // namespace
} // namespace pleiade::cli

int main(int argc, char** argv) {
    return pleiade::cli::main_of(argc, argv);
}
