#include "tests/support/temp_database.h"

#include "store/embedded_cluster.h"
#include "store/migrate.h"

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <pqxx/pqxx>
#include <stdexcept>

namespace pleiade::test {
namespace {

std::string url_for(const std::string& url, const std::string& database) {
    const std::string ours = "dbname=pleiade";
    std::string other = url;
    return other.replace(other.find(ours), ours.size(), "dbname=" + database);
}

void exec_outside_transaction(const std::string& url, const std::string& statement) {
    pqxx::connection connection(url);
    const pqxx::quiet_errorhandler silence(connection);
    pqxx::nontransaction session(connection);
    session.exec(statement);
}

/// Runs until the test program ends; its database `pleiade` is the template of all others.
struct SharedCluster {
    SharedCluster() : cluster(home.path()) { store::migrate(cluster.url()); }

    TempFolder home;
    store::EmbeddedCluster cluster;
};

const std::string& shared_url() {
    static const SharedCluster shared;
    return shared.cluster.url();
}

/// In memory where Linux offers it: fsync then does not wait for a disk that others use too.
std::filesystem::path folder_of_tests() {
    const std::filesystem::path in_memory = "/dev/shm";
    std::error_code unknown;
    const auto space = std::filesystem::space(in_memory, unknown);
    constexpr std::uintmax_t enough_bytes = 1U << 30U; // chosen: containers often have only 64 MB
    return !unknown && space.available > enough_bytes ? in_memory
                                                      : std::filesystem::temp_directory_path();
}

} // namespace

TempFolder::TempFolder() {
    std::string pattern = folder_of_tests() / "pleiade-test-XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("cannot make " + pattern);
    }
    path_ = pattern;
    using std::filesystem::perms;
    std::filesystem::permissions(path_, perms::owner_all | perms::group_exec | perms::others_exec);
}

TempFolder::~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

struct TempDatabase::Connection {
    explicit Connection(const std::string& url) : session(url) {}

    pqxx::connection session;
    pqxx::quiet_errorhandler silence{session};
};

TempDatabase::TempDatabase(Schema schema) {
    static std::atomic<int> counter{0};
    name_ = "test_" + std::to_string(++counter);
    url_ = url_for(shared_url(), name_);
    exec_outside_transaction(
        url_for(shared_url(), "postgres"),
        "create database " + name_ + " template " +
            (schema == Schema::Current ? "pleiade" : "template0")
    );
    connection_ = std::make_unique<Connection>(url_);
}

TempDatabase::~TempDatabase() {
    connection_.reset();
    try {
        exec_outside_transaction(
            url_for(shared_url(), "postgres"), "drop database " + name_ + " with (force)"
        );
    } catch (const std::exception&) {
        return; // it goes with the cluster
    }
}

void TempDatabase::exec(const std::string& statements) const {
    pqxx::work work(connection_->session);
    work.exec(statements);
    work.commit();
}

std::vector<std::vector<std::string>>
TempDatabase::rows(const std::string& query, const std::string& settings) const {
    pqxx::work work(connection_->session);
    work.exec(settings);
    std::vector<std::vector<std::string>> rows;
    for (const pqxx::row& row : work.exec(query)) {
        rows.emplace_back();
        for (const pqxx::field& field : row) {
            rows.back().emplace_back(field.c_str());
        }
    }
    return rows;
}

std::string TempDatabase::value(const std::string& query, const std::string& settings) const {
    const auto found = rows(query, settings);
    if (found.size() != 1 || found[0].size() != 1) {
        throw std::runtime_error("not one value: " + query);
    }
    return found[0][0];
}

std::int64_t TempDatabase::number(const std::string& query) const {
    return std::stoll(value(query));
}

std::string TempDatabase::refusal(const std::string& statements) const {
    pqxx::work work(connection_->session);
    try {
        work.exec(statements);
        work.exec("set constraints all immediate");
        return {};
    } catch (const pqxx::sql_error& error) {
        return error.what();
    }
}

} // namespace pleiade::test
