#include "app/pipeline/doctor.h"

#include "app/pipeline/platform.h"
#include "core/drawing.h"
#include "core/durable_file.h"
#include "ged-export/drawing_pdf.h"
#include "store/health.h"
#include "store/migrate.h"

#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cmath>
#include <cstring>
#include <functional>

namespace pleiade::pipeline {
namespace {

constexpr double gibibyte = 1024.0 * 1024.0 * 1024.0;
constexpr double least_space = 1.0 * gibibyte;   // chosen: an hour of one scanner
constexpr double enough_space = 20.0 * gibibyte; // chosen: a day of a large mail room

std::string in_gib(double bytes) {
    constexpr double tenths = 10.0;
    const long value = std::lround(bytes / gibibyte * tenths);
    return std::to_string(value / 10) + "." + std::to_string(value % 10) + " GiB";
}

/// Only what a person must set is the configuration's fault.
Remedy remedy_of(const std::exception& error) {
    const auto* known = dynamic_cast<const Error*>(&error);
    return known == nullptr ? Remedy::FixConfiguration : known->remedy();
}

/// The finding, or the error as a bad one with this cure.
Finding
guarded(const std::string& subject, const std::string& cure, const std::function<Finding()>& look) {
    try {
        return look();
    } catch (const std::exception& error) {
        return {subject, Verdict::Bad, error.what(), cure, remedy_of(error)};
    }
}

Finding configuration(const config::Config& config) {
    if (config.types.empty() || config.caisses.empty()) {
        return {
            "configuration",
            Verdict::Bad,
            std::to_string(config.types.size()) + " document types, " +
                std::to_string(config.caisses.size()) + " caisses",
            "point --config to the folder that holds types.toml and caisses/"};
    }
    std::string files;
    for (const auto& file : config.files) {
        if (files.empty()) {
            files = file.parent_path().string();
        }
    }
    return {
        "configuration",
        Verdict::Good,
        std::to_string(config.types.size()) + " document types, " +
            std::to_string(config.caisses.size()) + " caisses, from " + files,
        ""};
}

Finding database(const Platform& platform) {
    const store::Health health = store::health(platform.database_url());
    std::string what = "PostgreSQL " + health.server_version + ", schema " +
                       std::to_string(health.schema_version) + ", " +
                       std::to_string(health.connections) + " of " +
                       std::to_string(health.most_connections) + " connections";
    if (health.schema_version != store::schema_version()) {
        return {
            "database", Verdict::Bad, what, "run pleiade once: it brings the schema up to date"};
    }
    if (!health.durable) {
        return {
            "database",
            Verdict::Bad,
            what + "; fsync, full_page_writes or synchronous_commit is off",
            "switch them on: without them a power cut loses mail"};
    }
    if (!health.checksums) {
        return {
            "database",
            Verdict::Doubtful,
            what + "; no data checksums",
            "stop the server and run pg_checksums --enable: damage on disk is then noticed"};
    }
    if (!health.terse) {
        return {
            "database",
            Verdict::Doubtful,
            what + "; log_error_verbosity is not terse",
            "set log_error_verbosity = terse for this database: DETAIL lines of the server's log "
            "quote rows, and with them numbers of insured persons"};
    }
    return {"database", Verdict::Good, what, ""};
}

Finding writable_folder(const std::string& subject, const std::filesystem::path& folder) {
    require_folder(subject, folder);
    const std::filesystem::path probe = folder / (".pleiade-doctor-" + std::to_string(::getpid()));
    write_durably(probe, bytes_of("probe"));
    std::filesystem::remove(probe);
    return {subject, Verdict::Good, folder.string() + " can be written", ""};
}

Finding free_space(const std::string& subject, const std::filesystem::path& folder) {
    struct statvfs status {};
    if (::statvfs(folder.c_str(), &status) != 0) {
        return {
            subject, Verdict::Bad, folder.string() + ": " + std::strerror(errno), "check the path"};
    }
    const double bytes =
        static_cast<double>(status.f_bavail) * static_cast<double>(status.f_frsize);
    const std::string what = in_gib(bytes) + " free for " + folder.string();
    if (bytes < least_space) {
        return {
            subject,
            Verdict::Bad,
            what,
            "make room: intake stops when the disk is full",
            Remedy::RetryLater};
    }
    if (bytes < enough_space) {
        return {
            subject,
            Verdict::Doubtful,
            what,
            "a day of a large mail room needs " + in_gib(enough_space)};
    }
    return {subject, Verdict::Good, what, ""};
}

/// Prints a line in a font that is not embedded, and reads it: program, fonts and language data in
/// one go.
std::vector<Finding> reading(const config::Config& config) {
    Drawing drawing;
    drawing.texts.push_back(
        {"Avis d'arrêt de travail", {30.0}, {60.0}, {10.0}, DrawnWeight::Regular}
    );
    const Bytes pdf = ged::drawing_pdf({drawing});
    ReaderProcess reader(reader_settings(config));
    const Result<int> opened = reader.open(pdf);
    if (!opened.ok()) {
        return {
            {"reading process",
             Verdict::Bad,
             opened.failure().what,
             "install the packages of tools/packages.txt"}};
    }
    const Result<PageRead> page = reader.read(0);
    if (!page.ok()) {
        return {
            {"reading process",
             Verdict::Bad,
             page.failure().what,
             "install the packages of tools/packages.txt"}};
    }
    std::vector<Finding> findings{{"reading process", Verdict::Good, "starts and reads", ""}};
    if (page.value().reading.blank) {
        findings.push_back(
            {"fonts",
             Verdict::Bad,
             "a PDF that embeds no fonts shows no text",
             "install the Debian package fonts-urw-base35: otherwise such letters come out empty"}
        );
        return findings;
    }
    findings.push_back({"fonts", Verdict::Good, "a PDF without embedded fonts shows its text", ""});
    const std::string text = page.value().reading.text.plain();
    if (text.find("travail") == std::string::npos) {
        findings.push_back(
            {"language data",
             Verdict::Bad,
             "a plain line was read as \"" + text + "\"",
             "install the Debian package tesseract-ocr-" + config.settings.reading.language}
        );
    } else {
        findings.push_back(
            {"language data",
             Verdict::Good,
             config.settings.reading.language + ": a plain line is read right",
             ""}
        );
    }
    return findings;
}

void append(std::vector<Finding>& findings, std::vector<Finding> more) {
    findings.insert(
        findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end())
    );
}

std::vector<Finding> storage(const config::Config& config, const std::filesystem::path& home) {
    std::vector<Finding> findings;
    try {
        Platform platform(config, home, Use::Try);
        findings.push_back(guarded("database", "start the database server", [&] {
            return database(platform);
        }));
        const std::string cure =
            "give the user that runs pleiade the right to write there, or configure another folder";
        findings.push_back(guarded("image folder", cure, [&] {
            return writable_folder("image folder", platform.image_folder());
        }));
        findings.push_back(guarded("GED folder", cure, [&] {
            return writable_folder("GED folder", platform.ged_root());
        }));
        for (const Caisse& caisse : config.caisses) {
            if (!caisse.ged_folder.empty()) {
                const std::string subject = "GED folder of caisse " + caisse.code;
                findings.push_back(guarded(subject, cure, [&] {
                    return writable_folder(subject, caisse.ged_folder);
                }));
            }
        }
        findings.push_back(free_space("space for images", platform.image_folder()));
        if (const auto* cluster = platform.cluster()) {
            findings.push_back(free_space("space for the database", cluster->data_folder()));
        }
    } catch (const std::exception& error) {
        findings.push_back(
            {"database",
             Verdict::Bad,
             error.what(),
             "mend that first; images and GED were not looked at",
             remedy_of(error)}
        );
    }
    return findings;
}

} // namespace

std::vector<Finding> examine(const config::Config& config, const std::filesystem::path& home) {
    std::vector<Finding> findings{configuration(config)};
    append(findings, storage(config, home));
    try {
        append(findings, reading(config));
    } catch (const std::exception& error) {
        findings.push_back(
            {"reading process",
             Verdict::Bad,
             error.what(),
             "install the packages of tools/packages.txt and build again"}
        );
    }
    return findings;
}

} // namespace pleiade::pipeline
