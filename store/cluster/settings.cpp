#include "store/cluster/settings.h"

#include "core/failure.h"

#include <charconv>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <system_error>

namespace pleiade::store::cluster {
namespace {

namespace fs = std::filesystem;

constexpr int oldest_version = 15; // spec: store/schema.sql is tested with PostgreSQL 15

// Durability first; else small: one program on one machine. Durable by default and named here so
// that nobody switches it off unseen: fsync, full_page_writes, synchronous_commit. Statements and
// their values stay out of the log: they hold NIRs. Connections: one for each of the most workers a
// run may have (256, app/config), and room for who takes in, watches and reports.
constexpr const char* settings = R"(
# Written once by pleiade when it made this cluster; yours to change.
fsync = on
full_page_writes = on
synchronous_commit = on
max_connections = 300
shared_buffers = 64MB
max_wal_size = 256MB
min_wal_size = 64MB
jit = off
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = warning
log_min_error_statement = panic
log_parameter_max_length_on_error = 0
log_error_verbosity = terse
log_line_prefix = '%m [%p] '
)";

// The kernel says who is at the other end of the socket; nobody else may even enter its folder.
constexpr const char* access_rules = "local all all peer map=pleiade\n";

bool has_programs(const fs::path& folder) {
    std::error_code unknown;
    return fs::exists(folder / "postgres", unknown) && fs::exists(folder / "initdb", unknown);
}

int number_of(const std::string& text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

fs::path newest_installed() {
    int newest = 0;
    std::error_code unknown;
    for (const auto& entry : fs::directory_iterator("/usr/lib/postgresql", unknown)) {
        const int version = number_of(entry.path().filename().string());
        if (version > newest && version >= oldest_version && has_programs(entry.path() / "bin")) {
            newest = version;
        }
    }
    return newest == 0 ? fs::path()
                       : fs::path("/usr/lib/postgresql") / std::to_string(newest) / "bin";
}

fs::path on_the_path() {
    const char* path = std::getenv("PATH"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    std::istringstream folders(path == nullptr ? "" : path);
    for (std::string folder; std::getline(folders, folder, ':');) {
        if (!folder.empty() && has_programs(folder)) {
            return folder;
        }
    }
    return {};
}

void write_text(const fs::path& path, std::ios::openmode mode, const std::string& text) {
    std::ofstream file(path, mode);
    file << text;
    file.close();
    if (!file) {
        throw Error(Remedy::RetryLater, "cannot write " + path.string() + ". Is the disk full?");
    }
}

} // namespace

fs::path programs_for(const fs::path& data) {
    std::string version;
    std::getline(std::ifstream(data / "PG_VERSION"), version);
    fs::path programs =
        version.empty() ? newest_installed() : fs::path("/usr/lib/postgresql") / version / "bin";
    if (!has_programs(programs)) {
        programs = on_the_path();
    }
    if (programs.empty()) {
        throw Error(
            Remedy::FixConfiguration,
            "PostgreSQL " + (version.empty() ? "15 or newer" : version) +
                " is not installed. Install the package postgresql-" +
                (version.empty() ? std::to_string(oldest_version) : version)
        );
    }
    return programs;
}

std::vector<std::string> initdb_command(const fs::path& programs, const fs::path& data) {
    return {
        programs / "initdb",
        "--pgdata=" + data.string(),
        "--username=pleiade",
        "--data-checksums",
        "--encoding=UTF8",
        "--locale=C",
        "--auth=peer",
        "--no-instructions",
        "--no-sync"}; // sync_command does it once, with our settings
}

std::vector<std::string> sync_command(const fs::path& programs, const fs::path& data) {
    return {programs / "initdb", "--pgdata=" + data.string(), "--sync-only"};
}

std::vector<std::string> server_command(const fs::path& programs, const Place& place) {
    return {
        programs / "postgres",
        "-D",
        place.data,
        "-c",
        "listen_addresses=",
        "-c",
        "unix_socket_directories=" + place.sockets.string(),
        "-c",
        "port=" + std::to_string(port)};
}

void write_settings(const fs::path& data, const Account& account) {
    write_text(data / "postgresql.conf", std::ios::app, settings);
    write_text(data / "pg_hba.conf", std::ios::trunc, access_rules);
    std::string who;
    for (const char* role : {"pleiade", "pleiade_worker", "pleiade_web"}) {
        who += std::string("pleiade root ") + role + "\n";
        who += "pleiade " + account.name + " " + role + "\n";
    }
    write_text(data / "pg_ident.conf", std::ios::trunc, who);
}

std::string url_of(const fs::path& sockets, const std::string& database) {
    return "host=" + sockets.string() + " port=" + std::to_string(port) +
           " user=pleiade dbname=" + database + " connect_timeout=10";
}

} // namespace pleiade::store::cluster
