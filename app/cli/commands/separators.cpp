// pleiade separators --caisse C: separator sheets as PDF.

#include "app/pipeline/separators.h"

#include "app/cli/commands/command.h"
#include "app/cli/commands/words.h"
#include "core/caisse.h"
#include "core/durable_file.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <memory>

namespace pleiade::cli {
namespace {

struct SeparatorOptions {
    pipeline::SeparatorOrder order;
    std::string output;
};

std::string name_of(const std::string& code, const config::Config& config) {
    const auto caisse = std::ranges::find(config.caisses, code, &Caisse::code);
    if (caisse != config.caisses.end()) {
        return caisse->name;
    }
    if (code == unknown_caisse) {
        return "Courrier mélangé";
    }
    throw_no_such_caisse(code, config);
}

/// Said before anything is written: the message would be about a temporary file.
void check_output(const std::filesystem::path& output) {
    const std::filesystem::path folder = output.parent_path();
    std::error_code unknown; // what cannot be looked at is said by the writing
    if (!folder.empty() &&
        std::filesystem::status(folder, unknown).type() == std::filesystem::file_type::not_found) {
        throw Error(Remedy::FixInput, "folder " + folder.string() + " does not exist");
    }
    if (std::filesystem::is_directory(output, unknown)) {
        throw Error(Remedy::FixInput, output.string() + " is a folder. Name a file in it");
    }
}

int print_separators(const CommonOptions& options, SeparatorOptions& separators) {
    separators.order.caisse_name = name_of(separators.order.caisse, load_config(options));
    const Bytes pdf = pipeline::separator_pdf(separators.order);
    if (separators.output.empty() && ::isatty(STDOUT_FILENO) == 1) {
        separators.output = "separateurs-" + separators.order.caisse + ".pdf";
    }
    if (separators.output.empty()) {
        (void)std::fwrite(pdf.data(), 1, pdf.size(), stdout); // looked at when the program ends
        return exit_done;
    }
    check_output(separators.output);
    write_durably(separators.output, pdf);
    std::fprintf(stderr, "%s\n", shown(separators.output).c_str());
    return exit_done;
}

} // namespace

void add_separators(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* command = program.add_subcommand("separators", "Separator sheets as a PDF to print");
    const auto separators = std::make_shared<SeparatorOptions>(
    );                               // filled by the parser, read by the call: whichever ends last
    constexpr int most_sheets = 500; // chosen: a ream of paper
    command
        ->add_option(
            "--caisse",
            separators->order.caisse,
            "Caisse of the lot header, e.g. 061; 000 for mixed mail"
        )
        ->required();
    command->add_option(
        "--label", separators->order.label, "Name of the lot, printed on its header"
    );
    command->add_option("--plis", separators->order.pli_sheets, "How many pli separators")
        ->check(CLI::Range(0, most_sheets));
    command
        ->add_option(
            "--documents", separators->order.document_sheets, "How many document separators"
        )
        ->check(CLI::Range(0, most_sheets));
    command->add_flag("--patch-t", separators->order.patch_t, "Patch T bars on the pli separators");
    command
        ->add_option(
            "-o,--output",
            separators->output,
            "PDF file (default: standard output, or separateurs-<caisse>.pdf on a terminal)"
        )
        ->check(not_empty("file"));
    add_place_options(*command, options);
    command->callback([&options, &chosen, separators] {
        chosen = [&options, separators] { return print_separators(options, *separators); };
    });
}

} // namespace pleiade::cli
