#pragma once
// A PostgreSQL cluster of our own for a home folder, for when no database is configured.

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace pleiade::store {

/// The process that works in a home right now.
struct Holder {
    pid_t pid = 0;
    std::string command; ///< As started, for people: "pleiade run samples/lots".
};

/// Who holds `home`, or nothing when it is free (also when a former holder died).
[[nodiscard]] std::optional<Holder> holder_of(const std::filesystem::path& home);

/// How to connect to the cluster of `home` if one is running, whoever runs it. For commands that
/// only look (status, reconcile, doctor) while `pleiade run` holds the home.
[[nodiscard]] std::optional<std::string> url_of_running_cluster(const std::filesystem::path& home);

/// What a cluster is started for.
enum class Purpose {
    Work, ///< Refused without room on its disk.
    Look, ///< A cluster that is there is tried without room too: its reports say what was stored.
};

/// Makes the cluster of a home when there is none, runs it, and stops it in the destructor.
///
/// The object holds the home: a second one on the same home is refused, naming the holder. Make it
/// on a thread that lives as long as the object does (the main thread): the server gets SIGINT when
/// that thread ends, so that it does not linger when our process is killed. What a kill left behind
/// (a server still running or half stopped, a stale pid file) is cleared up at the next start.
///
/// Started by root, the server runs as user `postgres`. When that user cannot enter the home, the
/// cluster lies under /var/lib/pleiade and <home>/pg/WHERE.txt says where.
class EmbeddedCluster {
public:
    /// @throws Error(FixConfiguration) when a person must act (package missing, folder not
    /// writable, home held by another process), Error(RetryLater) when waiting or making room may
    /// help. Both say what to do.
    explicit EmbeddedCluster(const std::filesystem::path& home, Purpose purpose = Purpose::Work);
    ~EmbeddedCluster();
    EmbeddedCluster(EmbeddedCluster&&) noexcept;
    EmbeddedCluster& operator=(EmbeddedCluster&&) noexcept;
    EmbeddedCluster(const EmbeddedCluster&) = delete;
    EmbeddedCluster& operator=(const EmbeddedCluster&) = delete;

    /// What every class of this module takes as `url`. Database `pleiade`, still without schema:
    /// call migrate (store/migrate.h).
    [[nodiscard]] const std::string& url() const;

    /// PGDATA; also what free space should be looked at for.
    [[nodiscard]] const std::filesystem::path& data_folder() const;

    [[nodiscard]] pid_t server_pid() const;

    /// Stops cleanly and lets go of the home; the destructor does it too, but cannot complain.
    /// @throws Error(RetryLater) when the server does not end in a minute.
    void stop();

private:
    struct Server; // keeps processes, locks and paths out of this header
    std::unique_ptr<Server> server_;
};

} // namespace pleiade::store
