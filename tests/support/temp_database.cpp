#include "tests/support/temp_database.h"

#include "store/embedded_cluster.h"
#include "store/migrate.h"

#include <atomic>
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

} // namespace

TempFolder::TempFolder() {
    std::string pattern = std::filesystem::temp_directory_path() / "pleiade-test-XXXXXX";
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

TempDatabase::TempDatabase(Schema schema) {
    static std::atomic<int> counter{0};
    name_ = "test_" + std::to_string(++counter);
    url_ = url_for(shared_url(), name_);
    exec_outside_transaction(
        url_for(shared_url(), "postgres"),
        "create database " + name_ + " template " +
            (schema == Schema::Current ? "pleiade" : "template0")
    );
}

TempDatabase::~TempDatabase() {
    try {
        exec_outside_transaction(
            url_for(shared_url(), "postgres"), "drop database " + name_ + " with (force)"
        );
    } catch (const std::exception&) {
        return; // it goes with the cluster
    }
}

void TempDatabase::exec(const std::string& statements) const {
    pqxx::connection connection(url_);
    const pqxx::quiet_errorhandler silence(connection);
    pqxx::work work(connection);
    work.exec(statements);
    work.commit();
}

std::vector<std::vector<std::string>> TempDatabase::rows(const std::string& query) const {
    pqxx::connection connection(url_);
    pqxx::work work(connection);
    std::vector<std::vector<std::string>> rows;
    for (const pqxx::row& row : work.exec(query)) {
        rows.emplace_back();
        for (const pqxx::field& field : row) {
            rows.back().emplace_back(field.c_str());
        }
    }
    return rows;
}

std::string TempDatabase::value(const std::string& query) const {
    const auto found = rows(query);
    if (found.size() != 1 || found[0].size() != 1) {
        throw std::runtime_error("not one value: " + query);
    }
    return found[0][0];
}

std::int64_t TempDatabase::number(const std::string& query) const {
    return std::stoll(value(query));
}

std::string TempDatabase::refusal(const std::string& statements) const {
    pqxx::connection connection(url_);
    const pqxx::quiet_errorhandler silence(connection);
    pqxx::work work(connection);
    try {
        work.exec(statements);
        work.exec("set constraints all immediate");
        return {};
    } catch (const pqxx::sql_error& error) {
        return error.what();
    }
}

} // namespace pleiade::test
