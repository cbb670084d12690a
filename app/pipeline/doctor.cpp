#include "app/pipeline/doctor.h"

#include "app/pipeline/platform.h"
#include "app/pipeline/referential.h"
#include "core/drawing.h"
#include "core/durable_file.h"
#include "ged-export/drawing_pdf.h"
#include "store/embedded_cluster.h"
#include "store/health.h"
#include "store/migrate.h"

#include <fcntl.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <functional>
#include <map>

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
Finding guarded(
    const std::string& subject,
    const std::function<std::string()>& cure,
    const std::function<Finding()>& look
) {
    try {
        return look();
    } catch (const std::exception& error) {
        return {subject, Verdict::Bad, error.what(), cure(), remedy_of(error)};
    }
}

Finding good(const std::string& subject, const std::string& what) {
    return {subject, Verdict::Good, what, ""};
}

/// Which certificates vouch for 2D-Docs, by authority: nobody sees that from a number alone.
Finding trust_list(const config::Config& config) {
    const std::string subject = "2D-Doc";
    const std::string& place = config.settings.two_d_doc.certificates;
    if (place.empty()) {
        return good(
            subject,
            "no trust list (setting two_d_doc.certificates): signatures are not verified, and said "
            "so"
        );
    }
    std::map<std::string, int> by_authority;
    for (const SealCertificate& certificate : config.seal_certificates) {
        ++by_authority[certificate.authority];
    }
    std::string counts;
    for (const auto& [authority, count] : by_authority) {
        counts += (counts.empty() ? "" : ", ") + std::to_string(count) + " of " + authority;
    }
    const int grace_days = config.settings.two_d_doc.grace_days;
    const std::string grace =
        grace_days == 0 ? "" : "; accepted " + std::to_string(grace_days) + " days longer";
    return good(subject, "trust list " + place + ", certificates: " + counts + grace);
}

/// Which model knows types besides the anchors.
Finding learned_types(const config::Sources& sources) {
    return good(
        "configuration",
        sources.type_model ? "learned types from " + sources.type_model->string()
                           : "no learned types (learn train, learn publish): anchors decide alone"
    );
}

Finding referential(const config::Settings& settings) {
    const std::string subject = "referential";
    const auto cure = [] { return std::string("correct the settings referential.*, or the list"); };
    return guarded(subject, cure, [&] {
        const std::unique_ptr<Referential> people = open_referential(settings.referential);
        if (!people) {
            return good(subject, "none is configured: a NIR is checked by its key alone");
        }
        const std::string& file = settings.referential.file;
        return good(subject, (file.empty() ? "" : file + ": ") + people->described());
    });
}

/// Each mistake, or where each part comes from.
std::vector<Finding> configuration(const config::Draft& draft) {
    const std::string subject = "configuration";
    std::vector<Finding> findings;
    for (const std::string& mistake : draft.mistakes) {
        findings.push_back({subject, Verdict::Bad, mistake, "correct it there"});
    }
    if (!findings.empty()) {
        return findings;
    }
    const config::Config& config = draft.config;
    const config::Sources& sources = config.sources;
    findings.push_back(good(
        subject,
        sources.settings ? "settings from " + sources.settings->string()
                         : "no pleiade.toml: settings are the defaults"
    ));
    findings.push_back(good(
        subject,
        std::to_string(config.types.size()) + " document types from " +
            sources.types.value_or("").string()
    ));
    findings.push_back(good(
        subject,
        std::to_string(config.caisses.size()) + " caisses from " +
            sources.caisses.value_or("").string()
    ));
    findings.push_back(learned_types(sources));
    findings.push_back(trust_list(config));
    return findings;
}

/// Who else works in the home, if anybody.
std::string used_by(const Platform& platform, const std::filesystem::path& home) {
    if (platform.is_exclusive() || !platform.configuration().settings.database.url.empty()) {
        return {};
    }
    const std::optional<store::Holder> holder = store::holder_of(std::filesystem::absolute(home));
    return holder
               ? "; in use by process " + std::to_string(holder->pid) + " (" + holder->command + ")"
               : std::string();
}

Finding database(const Platform& platform, const std::filesystem::path& home) {
    const store::Health health = store::health(platform.database_url());
    std::string what =
        "PostgreSQL " + health.server_version + ", schema " +
        std::to_string(health.schema_version) + ", " + std::to_string(health.connections) + " of " +
        std::to_string(health.most_connections) + " connections" + used_by(platform, home);
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
    return good("database", what);
}

/// What to do about a folder that cannot be written.
std::string cure_of(const std::filesystem::path& folder) {
    const bool permitted = ::faccessat(AT_FDCWD, folder.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
    if (permitted) {
        return "make room on its disk: see df -h " + folder.string();
    }
    if (errno == ENOTDIR) {
        return "a file is in the way of this folder: name another one";
    }
    if (errno == EROFS) {
        return "its disk can only be read: mount it for writing, or look why the system stopped "
               "writing to it";
    }
    return "give the user that runs pleiade the right to write there, or configure another folder";
}

/// A folder under the home is made when it is not there, a configured one never.
struct Folder {
    std::string subject;
    std::filesystem::path path;
    bool is_configured = false;
};

Folder folder_of(
    const std::string& subject,
    const std::string& configured,
    const std::filesystem::path& otherwise
) {
    return {
        subject,
        configured.empty() ? otherwise : std::filesystem::path(configured),
        !configured.empty()};
}

Finding writable(const Folder& folder) {
    if (!folder.is_configured) {
        make_folder_durably(folder.path);
    }
    require_folder(folder.subject, folder.path);
    const std::filesystem::path probe =
        folder.path / (".pleiade-doctor-" + std::to_string(::getpid()));
    write_durably(probe, bytes_of("probe"));
    std::filesystem::remove(probe);
    return good(folder.subject, folder.path.string() + " can be written");
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
    return good(subject, what);
}

/// The Debian package of "fra" or "chi_sim".
std::string package_of(const std::string& language) {
    std::string package = "tesseract-ocr-" + language;
    std::replace(package.begin(), package.end(), '_', '-');
    return package;
}

void append(std::vector<Finding>& findings, std::vector<Finding> more) {
    findings.insert(
        findings.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end())
    );
}

/// What foreign bytes could do that took over the process in which they are decoded.
std::vector<Finding> sandbox(const std::vector<wire::OpenDoor>& open_doors) {
    const std::string subject = "sandbox";
    if (open_doors.empty()) {
        return {good(
            subject, "the reading process has no network, no files but fonts, and starts no program"
        )};
    }
    std::vector<Finding> findings;
    for (const wire::OpenDoor& door : open_doors) {
        findings.push_back(
            {subject, Verdict::Doubtful, "the reading process: " + door.what, door.cure}
        );
    }
    return findings;
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
    std::vector<Finding> findings{good("reading process", "starts and reads")};
    append(findings, sandbox(reader.open_doors()));
    if (page.value().reading.blank) {
        findings.push_back(
            {"fonts",
             Verdict::Bad,
             "a PDF that embeds no fonts shows no text",
             "install the Debian package fonts-urw-base35: otherwise such letters come out empty"}
        );
        return findings;
    }
    findings.push_back(good("fonts", "a PDF without embedded fonts shows its text"));
    const std::string text = page.value().reading.text.plain();
    if (text.find("travail") == std::string::npos) {
        findings.push_back(
            {"language data",
             Verdict::Bad,
             "a plain line was read as \"" + text + "\"",
             "apt-get install " + package_of(config.settings.reading.language)}
        );
    } else {
        findings.push_back(
            good("language data", config.settings.reading.language + ": a plain line is read right")
        );
    }
    return findings;
}

/// The database, and the space it has when it is ours.
std::vector<Finding> database_of(const config::Config& config, const std::filesystem::path& home) {
    const bool is_configured = !config.settings.database.url.empty();
    const std::string cure = is_configured
                                 ? "start that server, or correct the setting database.url"
                                 : "mend that first: nothing is taken in without a database";
    std::vector<Finding> findings;
    findings.push_back(guarded(
        "database",
        [&] { return cure; },
        [&] {
            Platform platform(config, home, Use::Try);
            if (const auto* cluster = platform.cluster()) {
                findings.push_back(free_space("space for the database", cluster->data_folder()));
            }
            return database(platform, home);
        }
    ));
    return findings;
}

std::vector<Finding> storage(const config::Config& config, const std::filesystem::path& home) {
    const std::filesystem::path root = std::filesystem::absolute(home).lexically_normal();
    std::vector<Folder> folders{
        folder_of("image folder", config.settings.images.folder, root / "images"),
        folder_of("GED folder", config.settings.ged.folder, root / "ged")};
    for (const Caisse& caisse : config.caisses) {
        if (!caisse.ged_folder.empty()) {
            folders.push_back(
                folder_of("GED folder of caisse " + caisse.code, caisse.ged_folder, {})
            );
        }
    }
    std::vector<Finding> findings = database_of(config, home);
    for (const Folder& folder : folders) {
        findings.push_back(guarded(
            folder.subject, [&] { return cure_of(folder.path); }, [&] { return writable(folder); }
        ));
    }
    std::error_code missing;
    if (std::filesystem::is_directory(folders.front().path, missing)) {
        findings.push_back(free_space("space for images", folders.front().path));
    }
    return findings;
}

/// A reader that starts but will not be configured lacks its language data.
Finding reading_trouble(const config::Config& config, const std::exception& error) {
    const bool starts = std::filesystem::exists(reader_settings(config).executable);
    if (starts && remedy_of(error) == Remedy::FixConfiguration) {
        return {
            "language data",
            Verdict::Bad,
            error.what(),
            "apt-get install " + package_of(config.settings.reading.language) +
                ", or correct the setting reading.language"};
    }
    return {
        "reading process",
        Verdict::Bad,
        error.what(),
        "install the packages of tools/packages.txt and build again"};
}

} // namespace

std::vector<Finding> examine(const config::Draft& draft, const std::filesystem::path& home) {
    std::vector<Finding> findings = configuration(draft);
    config::Config config = draft.config;
    if (!draft.mistakes.empty()) { // nothing that was half read may reach the database
        config.types.clear();
        config.caisses.clear();
    }
    if (draft.settings_are_right) {
        append(findings, storage(config, home));
        findings.push_back(referential(config.settings));
    } else {
        findings.push_back(
            {"database and folders",
             Verdict::Doubtful,
             "not looked at: the settings that name them have mistakes",
             "correct these first"}
        );
    }
    try {
        append(findings, reading(config));
    } catch (const std::exception& error) {
        findings.push_back(reading_trouble(config, error));
    }
    return findings;
}

} // namespace pleiade::pipeline
