// pleiade audit verify: whether anything was altered since it was sealed; with --statement, whether
// these files are as they were signed.

#include "app/cli/commands/command.h"
#include "app/cli/commands/json.h"
#include "app/cli/commands/scope_options.h"
#include "app/cli/commands/words.h"
#include "app/pipeline/platform.h"
#include "store/audit_check.h"
#include "store/blob_check.h"
#include "store/signed_file.h"

#include <cstdio>
#include <memory>
#include <system_error>

namespace pleiade::cli {
namespace {

constexpr std::chrono::seconds long_unsealed{60}; // chosen: sealed is within 5 s while a run works

struct AuditOptions {
    std::string caisse;
    std::vector<std::filesystem::path> keys;
    std::vector<std::filesystem::path> statements; ///< None: everything that is stored.
};

/// Those named, and the platform's own.
std::vector<store::VerifyingKey>
believed_keys(const AuditOptions& options, const std::filesystem::path& own) {
    std::vector<store::VerifyingKey> keys;
    for (const std::filesystem::path& file : options.keys) {
        keys.push_back(store::VerifyingKey::from_file(file));
    }
    std::error_code unknown;
    if (std::filesystem::exists(own, unknown)) {
        keys.push_back(store::VerifyingKey::from_file(own));
    }
    return keys;
}

/// Damage of a blob as a finding beside the others.
std::vector<store::AuditFinding>
all_findings(const store::AuditReport& report, const store::BlobCheck& images) {
    std::vector<store::AuditFinding> findings = report.findings;
    for (const store::BlobFault& fault : images.faults) {
        findings.push_back({fault.caisse, fault.where, fault.what});
    }
    return findings;
}

Json json_of(const store::AuditReport& report, const store::BlobCheck& images) {
    Json findings = Json::array();
    for (const store::AuditFinding& finding : all_findings(report, images)) {
        findings.push_back(
            {{"caisse", finding.caisse}, {"subject", finding.subject}, {"what", finding.what}}
        );
    }
    return {
        {"events", report.events},
        {"checkpoints", report.checkpoints},
        {"stamped", report.stamped},
        {"stamps_verified", report.stamps_verified},
        {"after_checkpoint", report.after_checkpoint},
        {"unsealed", report.unsealed},
        {"oldest_unsealed_seconds", report.oldest_unsealed.count()},
        {"images", images.blobs},
        {"findings", findings}};
}

void print_for_people(const store::AuditReport& report, const store::BlobCheck& images) {
    std::printf(
        "%s sealed, %s (%ld stamped, %ld of these verified), %s hashed again\n",
        counted(report.events, "event").c_str(),
        counted(report.checkpoints, "signed checkpoint").c_str(),
        report.stamped,
        report.stamps_verified,
        counted(images.blobs, "image and other file").c_str()
    );
    std::printf(
        "not signed yet: %s; not sealed yet: %s\n",
        counted(report.after_checkpoint, "event").c_str(),
        counted(report.unsealed, "event").c_str()
    );
    if (report.unsealed > 0 && report.oldest_unsealed >= long_unsealed) {
        std::printf(
            "the oldest of these waits for %lld s: nobody seals. Any pleiade run does\n",
            static_cast<long long>(report.oldest_unsealed.count())
        );
    }
    const auto findings = all_findings(report, images);
    std::puts(findings.empty() ? "\nnothing was altered" : "\nALTERED:");
    for (const store::AuditFinding& finding : findings) {
        std::printf(
            "  %s  %s %s\n",
            finding.caisse.empty() ? "---" : finding.caisse.c_str(),
            shown(finding.subject).c_str(),
            shown(finding.what).c_str()
        );
    }
}

/// Needs neither database nor home: whoever has the files and a public key can do it.
int verify_statements(const CommonOptions& options, const AuditOptions& audit) {
    const std::vector<store::VerifyingKey> keys =
        believed_keys(audit, pipeline::audit_key_in(options.home, load_config(options).settings));
    bool good = true;
    Json list = Json::array();
    for (const std::filesystem::path& file : audit.statements) {
        std::error_code unknown;
        if (!std::filesystem::exists(file, unknown)) {
            throw Error(Remedy::FixInput, "there is no file " + file.string());
        }
        const store::SignatureCheck check = store::check_signature(file, keys);
        good = good && check.good;
        list.push_back(
            {{"file", file.string()},
             {"good", check.good},
             {"key", check.key_id},
             {"what", check.what}}
        );
        if (!options.json) {
            std::printf("%s %s\n", shown(file.string()).c_str(), shown(check.what).c_str());
        }
    }
    if (options.json) {
        std::puts(line_of(Json{{"statements", list}}).c_str());
    }
    return good ? exit_done : exit_some_set_aside;
}

int verify(const CommonOptions& options, const AuditOptions& audit) {
    if (!audit.statements.empty()) {
        return verify_statements(options, audit);
    }
    const pipeline::Platform platform(load_config(options), options.home, pipeline::Use::Look);
    check_scope({.caisse = audit.caisse}, platform.configuration());
    const store::AuditReport report = store::check_audit(
        platform.database_url(),
        {.caisse = audit.caisse,
         .keys = believed_keys(audit, platform.audit_key()),
         .folder = platform.audit_folder() / "checkpoints",
         .stamp_certificates = platform.configuration().settings.audit.stamp_certificates}
    );
    const store::BlobCheck images = store::check_blobs(
        platform.database_url(),
        store::FolderBlobStore(platform.image_folder()),
        audit.caisse,
        [](long) {}
    );
    if (options.json) {
        std::puts(line_of(json_of(report, images)).c_str());
    } else {
        print_for_people(report, images);
    }
    return report.findings.empty() && images.faults.empty() ? exit_done : exit_some_set_aside;
}

} // namespace

void add_audit(CLI::App& program, CommonOptions& options, Chosen& chosen) {
    CLI::App* audit =
        program.add_subcommand("audit", "Prove that nothing was altered since it was recorded");
    audit->require_subcommand(1);
    CLI::App* command = audit->add_subcommand(
        "verify",
        "Find altered, missing or added events, checkpoints and images; exit code 1 when there is "
        "any"
    );
    // Filled by the parser, read by the call: whichever ends last.
    const auto audit_options = std::make_shared<AuditOptions>();
    CLI::Option* caisse =
        command->add_option("--caisse", audit_options->caisse, "Only this caisse, e.g. 061");
    command
        ->add_option(
            "--statement",
            audit_options->statements,
            "Only this file, by the .sig beside it; may be repeated"
        )
        ->check(not_empty("file"))
        ->excludes(caisse);
    command
        ->add_option(
            "--key", audit_options->keys, "Public key that is believed too (PEM); may be repeated"
        )
        ->check(not_empty("file"));
    add_place_options(*command, options);
    add_json_option(*command, options);
    command->callback([&options, &chosen, audit_options] {
        chosen = [&options, audit_options] { return verify(options, *audit_options); };
    });
}

} // namespace pleiade::cli
