#include "app/pipeline/platform.h"

#include "core/durable_file.h"
#include "core/failure.h"
#include "store/health.h"
#include "store/intake.h"
#include "store/migrate.h"
#include "store/reports.h"

#include <chrono>
#include <string_view>
#include <thread>
#include <vector>

namespace pleiade::pipeline {
namespace {

constexpr std::chrono::hours part_is_stale{24}; // chosen: no write lasts that long
constexpr std::chrono::seconds longest_opening{
    60}; // chosen: measured 9 s for a new home on a busy machine
constexpr std::chrono::milliseconds between_looks{50}; // chosen: invisible next to an opening

void require_if_configured(std::string_view name, const std::string& configured) {
    if (!configured.empty()) {
        require_folder(name, configured);
    }
}

/// Whether a server can be asked: one that was just started may lack our database or its schema.
bool is_open(const std::string& url) {
    try {
        return store::health(url).schema_version == store::schema_version();
    } catch (const Error&) {
        return false;
    }
}

/// The server of whoever holds the home, as soon as it can be asked; nothing when nobody holds it.
/// @throws Error(RetryLater) when its holder does not get ready.
std::optional<std::string> url_of_holder(const std::filesystem::path& home) {
    const auto end = std::chrono::steady_clock::now() + longest_opening;
    for (;;) {
        std::optional<std::string> url = store::url_of_running_cluster(home);
        if (url && is_open(*url)) {
            return url;
        }
        const std::optional<store::Holder> holder = store::holder_of(home);
        if (!holder) {
            return std::nullopt;
        }
        if (std::chrono::steady_clock::now() > end) {
            throw Error(
                Remedy::RetryLater,
                home.string() + " is being opened or closed by process " +
                    std::to_string(holder->pid) + " (" + holder->command +
                    "). Ask again in a moment"
            );
        }
        std::this_thread::sleep_for(between_looks);
    }
}

/// Reports and corrections change no schema: somebody may be at work with the older program.
void require_schema(const std::string& url) {
    const int version = store::health(url).schema_version;
    if (version != store::schema_version()) {
        const bool newer = version > store::schema_version();
        throw Error(
            Remedy::FixConfiguration,
            "the database has schema " + std::to_string(version) + ", this program knows " +
                std::to_string(store::schema_version()) +
                (newer ? ". Use the newer program" : ". pleiade run brings it up to date")
        );
    }
}

std::filesystem::path
folder_or(const std::string& configured, const std::filesystem::path& otherwise) {
    return configured.empty() ? otherwise : std::filesystem::path(configured);
}

} // namespace

Platform::Platform(config::Config config, const std::filesystem::path& home, Use use)
    : config_(std::move(config)), url_(config_.settings.database.url) {
    if (use == Use::Work || use == Use::Join) { // reports need no folder, and doctor says itself
        read_what_work_needs();                 // what is missing
    }
    if (use == Use::Join) {
        join();
    } else {
        open_home(std::filesystem::absolute(home).lexically_normal(), use);
    }
}

void Platform::read_what_work_needs() {
    const config::Settings& settings = config_.settings;
    require_if_configured("image folder", settings.images.folder);
    require_if_configured("GED folder", settings.ged.folder);
    referential_ = open_referential(settings.referential);
}

void Platform::join() {
    if (url_.empty()) {
        throw Error(
            Remedy::FixConfiguration,
            "which database to work for is not said. Name it with --connect or [database] url"
        );
    }
    if (config_.settings.images.folder.empty()) {
        throw Error(
            Remedy::FixConfiguration,
            "where the page images lie is not said. Name the folder that all hosts share as "
            "[images] folder"
        );
    }
    const int version = store::health(url_).schema_version;
    if (version != store::schema_version()) {
        throw Error(
            Remedy::FixConfiguration,
            "the database has schema " + std::to_string(version) + ", this program works with " +
                std::to_string(store::schema_version()) +
                (version < store::schema_version() ? ". pleiade run of this version brings it there"
                                                   : ". Use the newer program")
        );
    }
    image_folder_ = config_.settings.images.folder;
    ged_root_ = config_.settings.ged.folder;
    open_images();
}

void Platform::open_home(const std::filesystem::path& root, Use use) {
    const config::Settings& settings = config_.settings;
    std::error_code unknown;
    if (std::filesystem::exists(root, unknown) && !std::filesystem::is_directory(root, unknown)) {
        throw Error(
            Remedy::FixInput,
            root.string() + " is a file. The home is a folder: name another with --home"
        );
    }
    if (url_.empty() && use == Use::Look && !std::filesystem::exists(root / "pg") &&
        !store::holder_of(root)) {
        throw Error(
            Remedy::FixInput,
            "there is no home here: " + root.string() +
                ". Name yours with --home, or begin one with pleiade run"
        );
    }
    while (url_.empty()) {
        if (use != Use::Work) {
            url_ = url_of_holder(root).value_or("");
        }
        if (url_.empty()) {
            begin(root, use);
        }
    }
    if (use == Use::Look && !settings.database.url.empty()) {
        require_schema(url_);
    }
    if (use == Use::Work || cluster_) {
        store::migrate(url_);
        store::Intake(url_).sync_caisses(config_.caisses);
    }
    image_folder_ = folder_or(settings.images.folder, root / "images");
    ged_root_ = folder_or(settings.ged.folder, root / "ged");
    audit_folder_ = root / "audit";
    if (use != Use::Work) {
        return;
    }
    make_folder_durably(root);
    if (settings.images.folder.empty()) {
        make_folder_durably(image_folder_);
    }
    if (settings.ged.folder.empty()) {
        make_folder_durably(ged_root_);
    }
    remove_what_killed_runs_left();
    open_images();
}

/// Where others may be writing just now, files wait until they are stale.
void Platform::remove_what_killed_runs_left() const {
    if (!is_exclusive()) {
        return;
    }
    std::vector<std::filesystem::path> ours{audit_folder_, audit_folder_ / "checkpoints"};
    if (config_.settings.images.folder.empty()) {
        ours.push_back(image_folder_);
    }
    if (config_.settings.ged.folder.empty()) {
        for (const Caisse& caisse : config_.caisses) {
            ours.push_back(ged_root_ / caisse.code);
        }
    }
    for (const std::filesystem::path& folder : ours) {
        remove_stale_parts(folder, std::chrono::hours(0));
    }
}

void Platform::open_images() {
    remove_stale_parts(image_folder_, part_is_stale);
    images_ = std::make_unique<store::FolderBlobStore>(image_folder_);
}

void Platform::begin(const std::filesystem::path& root, Use use) {
    try {
        cluster_.emplace(root, use == Use::Work ? store::Purpose::Work : store::Purpose::Look);
        url_ = cluster_->url();
    } catch (const Error&) {
        if (use == Use::Work || !store::holder_of(root)) {
            throw;
        } // somebody was faster: then their server is asked
    }
}

std::filesystem::path Platform::audit_key() const {
    return folder_or(config_.settings.audit.key, audit_folder_ / "key.pem");
}

std::filesystem::path
audit_key_in(const std::filesystem::path& home, const config::Settings& settings) {
    return folder_or(settings.audit.key, home / "audit" / "key.pem");
}

bool Platform::somebody_is_at_work() const {
    if (config_.settings.database.url.empty()) {
        return !is_exclusive();
    }
    return store::Reports(url_).has_live_lease();
}

ReaderSettings reader_settings(const config::Config& config) {
    const auto& reading = config.settings.reading;
    return ReaderSettings{
        .executable =
            std::filesystem::read_symlink("/proc/self/exe").parent_path() / "pleiade-reader",
        .configuration =
            {.types = config.types,
             .caisses = config.caisses,
             .seal_certificates = config.seal_certificates,
             .language = reading.language,
             .megapixels = reading.megapixels,
             .pages_per_file = reading.pages_per_file,
             .file_mb = reading.file_mb,
             .memory_mb = reading.memory_mb,
             .cpu_seconds = reading.seconds_per_page,
             .type_model = config.type_model,
             .type_model_file = config.sources.type_model.value_or("").string()},
        .most_cpu = std::chrono::seconds(reading.seconds_per_page),
        .pages_per_process = reading.pages_per_process};
}

} // namespace pleiade::pipeline
