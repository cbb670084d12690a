#pragma once
// One connection to PostgreSQL: transactions, reconnecting, and what its failures mean for a
// caller.

#include "store/job.h"

#include <exception>
#include <filesystem>
#include <memory>
#include <pqxx/pqxx>
#include <string>
#include <utility>
#include <vector>

namespace pleiade::store::postgres {

/// Thrown inside a transaction to throw all of it away: the job was claimed by somebody else.
struct LeaseLost {};

/// Throws the Error or std::logic_error that stands for a failure of libpqxx; others as they are.
/// @param disk Folder of the server, if it is on this machine: looked at for free space when the
/// server has gone away without a word.
[[noreturn]] void throw_translated(std::exception_ptr failure, const std::filesystem::path& disk);

class Database {
public:
    using Snapshot = pqxx::transaction<pqxx::repeatable_read, pqxx::read_only>;

    explicit Database(std::string url);

    /// Runs `body(transaction)` and commits. Connects again when the connection was lost before.
    template <typename Body>
    auto transact(Body body) {
        return run<pqxx::work>(std::move(body));
    }

    /// Like transact, but read-only and all statements see the same moment.
    template <typename Body>
    auto look(Body body) {
        return run<Snapshot>(std::move(body));
    }

    /// A transaction of a job: a lost lease throws it away and is told.
    template <typename Body>
    Finish finish(Body body) {
        try {
            transact(std::move(body));
            return Finish::Committed;
        } catch (const LeaseLost&) {
            return Finish::LeaseLost;
        }
    }

private:
    template <typename Transaction, typename Body>
    auto run(Body body) -> decltype(body(std::declval<Transaction&>())) {
        try {
            Transaction transaction(connection());
            if constexpr (std::is_void_v<decltype(body(transaction))>) {
                body(transaction);
                transaction.commit();
            } else {
                auto result = body(transaction);
                transaction.commit();
                return result;
            }
        } catch (const std::exception&) {
            fail(std::current_exception());
        }
    }

    [[nodiscard]] pqxx::connection& connection();
    [[noreturn]] void fail(std::exception_ptr failure);

    std::string url_;
    std::filesystem::path disk_; ///< Empty when the server is elsewhere.
    std::unique_ptr<pqxx::connection> connection_;
    std::unique_ptr<pqxx::quiet_errorhandler> silence_; ///< Goes before the connection it hangs on.
};

// What works on mail does so under the role pleiade_worker, and sees the caisse of its job only:
// one of these is the first statement of its transaction, and whatever comes after it is held by
// row-level security. `more_caisses` are seen as well. A split sees all caisses of its lot.

/// For what is done to jobs and says nothing of mail: none is seen.
void become_worker(pqxx::transaction_base& work);

/// To look at what a job is about.
void enter_job(
    pqxx::transaction_base& work, const Job& job, const std::vector<std::string>& more_caisses = {}
);

/// To end a job. @throws LeaseLost
void end_job(pqxx::work& work, const Job& job, const std::vector<std::string>& more_caisses = {});

/// In the middle of a job. @throws LeaseLost
void guard_job(pqxx::work& work, const Job& job);

} // namespace pleiade::store::postgres
