#include "store/postgres/database.h"

#include "core/failure.h"
#include "store/connection.h"
#include "store/postgres/values.h"
#include "store/sql.h"

#include <string_view>
#include <system_error>

namespace pleiade::store::postgres {
namespace {

constexpr std::uintmax_t least_free_bytes =
    32U << 20U; // chosen: two WAL segments of 16 MiB; with less the server cannot go on

bool is_full(const std::filesystem::path& disk) {
    std::error_code unknown;
    const auto space = std::filesystem::space(disk, unknown);
    return !disk.empty() && !unknown && space.available < least_free_bytes;
}

[[noreturn]] void throw_out_of_reach(const std::string& what, const std::filesystem::path& disk) {
    if (is_full(disk)) {
        throw Error(
            Remedy::RetryLater,
            "no space left on the disk of the database (" + disk.string() + "). Make room there"
        );
    }
    throw Error(Remedy::RetryLater, "the database is out of reach: " + what);
}

std::string first_line(const std::string& text) {
    return text.substr(0, text.find('\n'));
}

/// What the SQLSTATE asks for. Source: PostgreSQL 15 manual, appendix A.
[[noreturn]] void throw_by_state(const pqxx::sql_error& error, const std::filesystem::path& disk) {
    const std::string& state = error.sqlstate();
    const std::string what = first_line(error.what());
    const std::string_view group = std::string_view(state).substr(0, 2);
    if (state == "53100") { // disk_full
        throw Error(
            Remedy::RetryLater, "no space left on the disk of the database: " + what + ". Make room"
        );
    }
    // No state: the server vanished in the middle of the statement. 08P01: a bug in a statement.
    if (state.empty() || (group == "08" && state != "08P01") || group == "57" || group == "58" ||
        group == "XX") {
        throw_out_of_reach(what, disk);
    }
    if (group == "40" || group == "53" || group == "55") { // conflict, resources, lock
        throw Error(Remedy::RetryLater, "the database could not do it now: " + what);
    }
    if (group == "28" || group == "3D" || state == "42501" || state == "42P01") {
        throw Error(
            Remedy::FixConfiguration, "the database is not set up for this program: " + what
        );
    }
    if (group == "22") { // data exception: text that no database can hold
        throw Error(Remedy::FixInput, "the database cannot hold this: " + what);
    }
    throw std::logic_error("the database refuses: " + what);
}

} // namespace

void throw_translated(std::exception_ptr failure, const std::filesystem::path& disk) {
    try {
        std::rethrow_exception(std::move(failure));
    } catch (const pqxx::in_doubt_error& error) {
        throw Error(
            Remedy::CheckOutcome,
            "the database went away while committing, it may have happened or not: " +
                first_line(error.what())
        );
    } catch (const pqxx::statement_completion_unknown& error) {
        throw Error(
            Remedy::CheckOutcome, "it may have happened or not: " + first_line(error.what())
        );
    } catch (const pqxx::broken_connection& error) {
        throw_out_of_reach(first_line(error.what()), disk);
    } catch (const pqxx::transaction_rollback& error) {
        throw Error(
            Remedy::RetryLater, "the database could not do it now: " + first_line(error.what())
        );
    } catch (const pqxx::insufficient_privilege& error) { // comes without a state
        throw Error(
            Remedy::FixConfiguration,
            "the database is not set up for this program: " + first_line(error.what())
        );
    } catch (const pqxx::sql_error& error) {
        throw_by_state(error, disk);
    }
}

Database::Database(std::string url) : url_(std::move(url)) {
    try {
        (void)connection();
    } catch (const std::exception&) {
        fail(std::current_exception());
    }
}

pqxx::connection& Database::connection() {
    if (!connection_) {
        auto fresh = std::make_unique<pqxx::connection>(url_);
        silence_ = std::make_unique<pqxx::quiet_errorhandler>(*fresh);
        connection_ = std::move(fresh);
        const char* host = connection_->hostname();
        if (host != nullptr && *host == '/') {
            pqxx::read_transaction transaction(*connection_);
            disk_ = transaction.exec1(sql::data_directory)[0].as<std::string>();
        }
    }
    return *connection_;
}

void Database::fail(std::exception_ptr failure) {
    if (connection_ && !connection_->is_open()) {
        silence_.reset();
        connection_.reset();
    }
    throw_translated(std::move(failure), disk_);
}

void become_worker(pqxx::transaction_base& work) {
    work.exec(sql::become_worker);
}

void enter_job(
    pqxx::transaction_base& work, const Job& job, const std::vector<std::string>& more_caisses
) {
    work.exec_params(sql::enter_job, job.id, job.fence, array_of(more_caisses));
}

void end_job(pqxx::work& work, const Job& job, const std::vector<std::string>& more_caisses) {
    if (work.exec_params(sql::end_job, job.id, job.fence, array_of(more_caisses)).empty()) {
        throw LeaseLost();
    }
}

void guard_job(pqxx::work& work, const Job& job) {
    if (work.exec_params(sql::guard_job, job.id, job.fence).empty()) {
        throw LeaseLost();
    }
}

} // namespace pleiade::store::postgres

namespace pleiade::store {

Connection connect(const std::string& url) {
    return std::make_shared<postgres::Database>(url);
}

} // namespace pleiade::store
