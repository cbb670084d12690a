#include "store/embedded_cluster.h"

#include "core/durable_file.h"
#include "core/failure.h"
#include "store/cluster/lock.h"
#include "store/cluster/place.h"
#include "store/cluster/process.h"
#include "store/cluster/reserve.h"
#include "store/cluster/settings.h"
#include "store/postgres/database.h"
#include "store/sql.h"

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <functional>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

namespace pleiade::store {
namespace {

namespace fs = std::filesystem;
using cluster::Place;

constexpr const char* unfinished_prefix = "data.new.";
constexpr auto between_looks = std::chrono::milliseconds(5); // chosen: invisible next to a start
constexpr auto longest_stop = std::chrono::seconds(60);      // chosen: a shutdown checkpoint
constexpr auto longest_start = std::chrono::minutes(10); // chosen: recovery replays max_wal_size

/// Looks again and again until `done` or the time is over; gives whether it is done.
bool wait_until(const std::function<bool()>& done, std::chrono::milliseconds longest) {
    const auto end = std::chrono::steady_clock::now() + longest;
    while (!done()) {
        if (std::chrono::steady_clock::now() > end) {
            return false;
        }
        std::this_thread::sleep_for(between_looks);
    }
    return true;
}

/// The lines of postmaster.pid. Source: PostgreSQL 15, src/include/utils/pidfile.h: 1 process,
/// 5 socket folder, 8 status.
std::vector<std::string> pid_file(const fs::path& data) {
    std::vector<std::string> lines;
    std::ifstream file(data / "postmaster.pid");
    for (std::string line; std::getline(file, line);) {
        lines.push_back(line);
    }
    return lines;
}

bool says_ready(const fs::path& data, pid_t server) {
    const std::vector<std::string> lines = pid_file(data);
    return lines.size() >= 8 && lines[0] == std::to_string(server) &&
           lines[7].rfind("ready", 0) == 0;
}

/// The last complaint of a log, for people.
std::string last_complaint(const fs::path& log) {
    std::ifstream file(log);
    std::string last;
    std::string complaint;
    for (std::string line; std::getline(file, line);) {
        const bool grave = line.find("FATAL:") != std::string::npos ||
                           line.find("PANIC:") != std::string::npos ||
                           line.find("error:") != std::string::npos;
        (grave ? complaint : last) = line;
    }
    return complaint.empty() ? last : complaint;
}

[[noreturn]] void throw_not_started(const Place& place, const fs::path& log) {
    if (cluster::is_full(place.root)) {
        throw Error(
            Remedy::RetryLater,
            "the database cannot start: no space left on the disk of " + place.root.string() +
                ". Make room: at least 64 MB"
        );
    }
    throw Error(
        Remedy::FixConfiguration,
        "the database cannot start: " + last_complaint(log) + ". More in " + log.string()
    );
}

/// Stops what a killed program left behind. We hold the home, so no living program uses it.
void clear_up(const Place& place) {
    const std::vector<std::string> lines = pid_file(place.data);
    const auto left = [&] { return cluster::processes_in(place.data); };
    for (const pid_t pid : left()) {
        if (!lines.empty() && lines[0] == std::to_string(pid)) {
            ::kill(pid, SIGINT); // fast shutdown: the server of the pid file, by its working folder
        }
    }
    if (!wait_until([&] { return left().empty(); }, longest_stop)) {
        throw Error(
            Remedy::RetryLater,
            "a database server left behind in " + place.data.string() + " (process " +
                std::to_string(left().front()) + ") does not end. Stop it"
        );
    }
    // The number in a stale file may belong to another process by now: the server would not start.
    fs::remove(place.data / "postmaster.pid");
}

/// Removes what killed starts left. As far as it goes: an orphaned initdb may still be writing
/// there, and the start after this one removes the rest.
void remove_unfinished(const Place& place) {
    for (const fs::directory_entry& entry : fs::directory_iterator(place.root)) {
        if (entry.path().filename().string().rfind(unfinished_prefix, 0) == 0) {
            std::error_code ignored;
            fs::remove_all(entry.path(), ignored);
        }
    }
}

/// Makes the cluster beside its place, in a folder no earlier start wrote to, and moves it there
/// when complete.
void create(const Place& place, const fs::path& programs) {
    remove_unfinished(place);
    const fs::path unfinished = place.root / (unfinished_prefix + std::to_string(::getpid()));
    const fs::path log = place.root / "initdb.log";
    fs::remove(log);
    if (!cluster::run(cluster::initdb_command(programs, unfinished), place.account, log)) {
        throw_not_started(place, log);
    }
    cluster::write_settings(unfinished, place.account);
    if (!cluster::run(cluster::sync_command(programs, unfinished), place.account, log)) {
        throw_not_started(place, log);
    }
    fs::rename(unfinished, place.data);
    write_durably(place.root / "README.txt", bytes_of("Database of pleiade. Do not touch.\n"));
}

void create_database(const Place& place) {
    try {
        pqxx::connection connection(cluster::url_of(place.sockets, "postgres"));
        const pqxx::quiet_errorhandler silence(connection);
        pqxx::nontransaction session(connection); // CREATE DATABASE refuses transactions
        if (session.exec_params(sql::find_database, "pleiade").empty()) {
            session.exec(sql::create_database);
        }
    } catch (const std::exception&) {
        postgres::throw_translated(std::current_exception(), place.data);
    }
}

/// Keeps the log from growing for ever: the former one is kept, older ones are not.
void turn_over(const fs::path& log) {
    constexpr std::uintmax_t most_bytes = 4U << 20U; // chosen: a person reads no more
    std::error_code missing;
    if (fs::file_size(log, missing) > most_bytes && !missing) {
        fs::rename(log, fs::path(log.string() + ".1"));
    }
}

/// Folders that hold mail are closed inside the home; the home itself, when new, lets user postgres
/// pass through to the cluster.
fs::path made_home(const fs::path& home) {
    try {
        const bool is_new = !fs::exists(home);
        make_folder_durably(fs::absolute(home));
        if (is_new && ::geteuid() == 0) {
            fs::permissions(home, fs::perms::others_exec, fs::perm_options::add);
        }
    } catch (const Error& error) {
        throw Error(
            cluster::is_full(fs::absolute(home).parent_path()) ? Remedy::RetryLater
                                                               : Remedy::FixConfiguration,
            std::string(error.what()) + ". Name another folder with --home"
        );
    }
    return fs::canonical(home);
}

} // namespace

struct EmbeddedCluster::Server {
    Server(const fs::path& home, Purpose purpose)
        : lock(std::make_unique<cluster::HomeLock>(home)),
          place(cluster::make_place(home, purpose)) {}
    ~Server() {
        try {
            stop();
        } catch (const Error&) {
            return; // whoever wants to know calls stop(); the next start clears up
        }
    }
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    Server(Server&&) = delete;
    Server& operator=(Server&&) = delete;

    void start() {
        clear_up(place);
        const fs::path programs = cluster::programs_for(place.data);
        if (!fs::exists(place.data)) {
            create(place, programs);
        }
        settle_room();
        const fs::path log = place.root / "server.log";
        turn_over(log);
        pid = cluster::start(
            cluster::server_command(programs, place),
            place.account,
            log,
            cluster::Lifetime::WithParent
        );
        bool ended = false;
        const bool settled = wait_until(
            [&] {
                ended = cluster::has_ended(pid);
                return ended || says_ready(place.data, pid);
            },
            longest_start
        );
        if (ended || !settled) {
            pid = ended ? 0 : pid;
            throw_not_started(place, log);
        }
        create_database(place);
    }

    /// Room for reports is kept where there is enough for work beside it, and used where there is
    /// none.
    void settle_room() {
        if (cluster::is_full(place.root)) {
            keeps_room = cluster::give_room(place.root);
            return;
        }
        cluster::keep_room(place.root);
        keeps_room = !cluster::is_full(place.root);
        if (!keeps_room) {
            cluster::give_room(place.root);
        }
    }

    void stop() {
        if (pid != 0) {
            stop_server();
        }
        lock.reset();
    }

    void stop_server() {
        ::kill(pid, SIGINT); // fast shutdown: ends sessions, writes a checkpoint
        if (!wait_until([&] { return cluster::has_ended(pid); }, longest_stop)) {
            throw Error(
                Remedy::RetryLater,
                "the database (process " + std::to_string(pid) + ") does not stop. Look into " +
                    (place.root / "server.log").string()
            );
        }
        pid = 0;
        if (keeps_room) {
            cluster::keep_room(place.root);
        }
        std::error_code in_use;
        fs::remove(place.sockets, in_use); // empty now; made again at the next start
    }

    std::unique_ptr<cluster::HomeLock> lock; ///< Null when stopped.
    Place place;
    std::string url = cluster::url_of(place.sockets, "pleiade");
    pid_t pid = 0;
    bool keeps_room = false;
};

std::optional<std::string> url_of_running_cluster(const fs::path& home) {
    std::error_code missing;
    const auto root = cluster::known_root(fs::canonical(home, missing));
    if (missing || !root) {
        return std::nullopt;
    }
    const std::vector<std::string> lines = pid_file(*root / "data");
    if (lines.size() < 8 || lines[7].rfind("ready", 0) != 0) {
        return std::nullopt;
    }
    for (const pid_t pid : cluster::processes_in(*root / "data")) {
        if (std::to_string(pid) == lines[0]) {
            return cluster::url_of(lines[4], "pleiade");
        }
    }
    return std::nullopt;
}

EmbeddedCluster::EmbeddedCluster(const fs::path& home, Purpose purpose)
    : server_(std::make_unique<Server>(made_home(home), purpose)) {
    server_->start();
}

EmbeddedCluster::~EmbeddedCluster() = default;
EmbeddedCluster::EmbeddedCluster(EmbeddedCluster&&) noexcept = default;
EmbeddedCluster& EmbeddedCluster::operator=(EmbeddedCluster&&) noexcept = default;

const std::string& EmbeddedCluster::url() const {
    return server_->url;
}

const fs::path& EmbeddedCluster::data_folder() const {
    return server_->place.data;
}

pid_t EmbeddedCluster::server_pid() const {
    return server_->pid;
}

void EmbeddedCluster::stop() {
    server_->stop();
}

} // namespace pleiade::store
