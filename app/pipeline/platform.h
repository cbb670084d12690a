#pragma once
// The platform opened for one command: configuration, database, images, GED folders under a home.

#include "app/config/config.h"
#include "app/pipeline/reader_process.h"
#include "app/pipeline/referential.h"
#include "store/blob_store.h"
#include "store/embedded_cluster.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace pleiade::pipeline {

enum class Use {
    Work, ///< Takes the home for itself; refused when another process holds it.
    Join, ///< Works on what others take in: in a configured database and image folder, without a
          ///< home. Changes neither schema nor caisses.
    Look, ///< Reports: goes through the server of whoever holds the home, once that is open, or
          ///< starts it for a moment. Never makes a home.
    Try,  ///< `doctor`: as Look, but makes a database where there is none.
};

class Platform {
public:
    /// Opens the home, brings the database to the program's schema and makes the caisses known to
    /// it; reads the referential before it touches anything. Folders under the home are made; a
    /// configured one must be there to work with: made here in place of a share that is not
    /// mounted, it would take mail that nobody finds again.
    /// @throws Error(FixInput) when the home is a file, or when there is none to look at;
    /// Error(FixConfiguration) naming who holds the home, or what to change; Error(RetryLater) when
    /// database or disk are out of reach.
    Platform(config::Config config, const std::filesystem::path& home, Use use);

    [[nodiscard]] const config::Config& configuration() const { return config_; }
    [[nodiscard]] const std::string& database_url() const { return url_; }
    /// Only there when it was opened to work or to join.
    [[nodiscard]] store::BlobStore& images() { return *images_; }
    /// Empty when it joined and none is configured.
    [[nodiscard]] const std::filesystem::path& ged_root() const { return ged_root_; }
    [[nodiscard]] const std::filesystem::path& image_folder() const { return image_folder_; }
    /// Signed checkpoints, and the key they are signed with unless another is configured.
    [[nodiscard]] const std::filesystem::path& audit_folder() const { return audit_folder_; }
    [[nodiscard]] std::filesystem::path audit_key() const;

    /// Nothing when none is configured, or when it was opened for reports.
    [[nodiscard]] const Referential* referential() const { return referential_.get(); }

    /// Whether anybody may be at work on this mail: somebody else holds the home, or a worker a
    /// lease in the configured database.
    [[nodiscard]] bool somebody_is_at_work() const;

    /// True when no other process can be working on this database.
    [[nodiscard]] bool is_exclusive() const { return cluster_.has_value(); }

    /// The cluster this process runs, if it runs one.
    [[nodiscard]] store::EmbeddedCluster* cluster() { return cluster_ ? &*cluster_ : nullptr; }

private:
    void read_what_work_needs();
    void join();
    void open_home(const std::filesystem::path& root, Use use);
    void open_images();
    void remove_what_killed_runs_left() const;

    /// Starts the server, unless somebody else just did for whom we need not.
    void begin(const std::filesystem::path& root, Use use);

    config::Config config_;
    std::optional<store::EmbeddedCluster> cluster_;
    std::string url_;
    std::filesystem::path image_folder_;
    std::filesystem::path ged_root_;
    std::filesystem::path audit_folder_;
    std::unique_ptr<store::BlobStore> images_;
    std::unique_ptr<Referential> referential_;
};

/// Where the key for signing lies, without opening the platform.
[[nodiscard]] std::filesystem::path
audit_key_in(const std::filesystem::path& home, const config::Settings& settings);

/// How to start readers: the program beside this one, with the limits of the configuration.
[[nodiscard]] ReaderSettings reader_settings(const config::Config& config);

} // namespace pleiade::pipeline
