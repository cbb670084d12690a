// pleiade doctor: whether this machine can do the work, and what to do where it cannot; with --deep
// also whether every stored image is still what it was.

#include "app/pipeline/doctor.h"

#include "app/cli/commands/command.h"
#include "app/cli/commands/json.h"
#include "app/cli/commands/words.h"
#include "app/pipeline/platform.h"
#include "store/blob_check.h"

#include <algorithm>
#include <cstdio>
#include <memory>

namespace pleiade::cli {
namespace {

std::string word_of(pipeline::Verdict verdict) {
    switch (verdict) {
    case pipeline::Verdict::Good:
        return "good";
    case pipeline::Verdict::Doubtful:
        return "doubtful";
    case pipeline::Verdict::Bad:
        break;
    }
    return "bad";
}

void print_for_people(const std::vector<pipeline::Finding>& findings) {
    for (const pipeline::Finding& finding : findings) {
        std::printf(
            "%-8s  %s: %s\n",
            word_of(finding.verdict).c_str(),
            shown(finding.subject).c_str(),
            shown(finding.what).c_str()
        );
        if (!finding.cure.empty()) {
            std::printf("          -> %s\n", shown(finding.cure).c_str());
        }
    }
}

void print_json(const std::vector<pipeline::Finding>& findings) {
    Json list = Json::array();
    for (const pipeline::Finding& finding : findings) {
        list.push_back(
            {{"subject", finding.subject},
             {"verdict", word_of(finding.verdict)},
             {"what", finding.what},
             {"cure", finding.cure}}
        );
    }
    std::puts(line_of({{"findings", list}}).c_str());
}

enum class Depth { Machine, MachineAndImages };

/// Every stored image and PDF hashed again; a finding for each row that names a bad one.
std::vector<pipeline::Finding> examine_images(const CommonOptions& options) {
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    const store::BlobCheck check = store::check_blobs(
        platform.database_url(), store::FolderBlobStore(platform.image_folder()), "", [](long) {}
    );
    std::vector<pipeline::Finding> findings;
    for (const store::BlobFault& fault : check.faults) {
        findings.push_back(
            {"stored image",
             pipeline::Verdict::Bad,
             fault.where + " (caisse " + fault.caisse + ") " + fault.what,
             "put the file back from a backup, or take the paper in again"}
        );
    }
    if (findings.empty()) {
        findings.push_back(
            {"stored images",
             pipeline::Verdict::Good,
             std::to_string(check.blobs) + " hashed again, each is what it was",
             ""}
        );
    }
    return findings;
}

/// Like a page that cannot be read: the machine may be as good as ever.
bool has_bad(const std::vector<pipeline::Finding>& findings) {
    return std::ranges::find(findings, pipeline::Verdict::Bad, &pipeline::Finding::verdict) !=
           findings.end();
}

int doctor(const CommonOptions& options, Depth depth) {
    std::vector<pipeline::Finding> findings =
        pipeline::examine(draft_config(options), options.home);
    std::vector<pipeline::Finding> images;
    if (depth == Depth::MachineAndImages && !has_bad(findings)) {
        images = examine_images(options);
    } else if (depth == Depth::MachineAndImages) {
        images.push_back(
            {"stored images",
             pipeline::Verdict::Doubtful,
             "not looked at",
             "mend what is bad first"}
        );
    }
    const bool has_bad_images = has_bad(images);
    findings.insert(findings.end(), images.begin(), images.end());
    if (options.json) {
        print_json(findings);
    } else {
        print_for_people(findings);
    }
    if (has_bad_images) {
        return exit_some_set_aside;
    }
    const auto bad =
        std::ranges::find(findings, pipeline::Verdict::Bad, &pipeline::Finding::verdict);
    return bad == findings.end() ? exit_done : exit_code_of(bad->remedy);
}

} // namespace

void add_doctor(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* command = program.add_subcommand(
        "doctor", "Check database, folders, space, fonts and language data; say what to do"
    );
    add_place_options(*command, options);
    add_json_option(*command, options);
    const auto is_deep = std::make_shared<bool>(false
    ); // filled by the parser, read by the call: whichever ends last
    command->add_flag(
        "--deep",
        *is_deep,
        "Also hash every stored image again, and name what is missing or damaged"
    );
    command->callback([&options, &chosen, is_deep] {
        chosen = [&options, is_deep] {
            return doctor(options, *is_deep ? Depth::MachineAndImages : Depth::Machine);
        };
    });
}

} // namespace pleiade::cli
