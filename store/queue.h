#pragma once
// The work queue in PostgreSQL: who works on what, for how long, and what is left.

#include "store/connection.h"
#include "store/job.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace pleiade::store {

struct QueueCount {
    JobKind kind = JobKind::Read;
    std::string state; ///< "waiting" or "running".
    long count = 0;
};

struct Claim {
    std::string worker;
    std::vector<JobKind> kinds;
    std::chrono::seconds lease{};
    std::vector<std::string>
        held{}; ///< Caisses whose GED is in trouble: no deliver jobs of theirs.
    int most = 1;
};

/// Uses one connection, its own or a shared one, and belongs to one thread.
///
/// Every verb works under the role pleiade_worker, whoever logged in: it sees jobs of all caisses,
/// and of mail what it is to work on. It throws Error(RetryLater) when the database is out of reach
/// or its disk full ("no space left"), and Error(CheckOutcome) when the answer to a COMMIT was
/// lost; a claim lost that way comes back when its lease ends.
class Queue {
public:
    explicit Queue(const std::string& url);
    explicit Queue(Connection connection);
    ~Queue();
    Queue(Queue&&) noexcept;
    Queue& operator=(Queue&&) noexcept;
    Queue(const Queue&) = delete;
    Queue& operator=(const Queue&) = delete;

    /// Takes one due job of the wanted kinds, most urgent first, or nothing when there is none.
    /// Jobs whose lease is over are claimed again: no crash, but one loss more.
    /// @param held Caisses whose GED is in trouble: deliver jobs for them are left where they are.
    [[nodiscard]] std::optional<Job> claim(
        const std::string& worker,
        const std::vector<JobKind>& kinds,
        std::chrono::seconds lease,
        const std::vector<std::string>& held = {}
    );

    /// The same for up to `wanted.most` jobs in one transaction, all of one kind and one caisse.
    [[nodiscard]] std::vector<Job> claim_some(const Claim& wanted);

    /// Prolongs the lease of every job that `worker` holds; gives how many that are.
    int heartbeat(const std::string& worker, std::chrono::seconds lease);

    /// Not begun: clean stop, or nothing can be delivered now. Does not count as an attempt.
    /// @param reason Empty: keeps the last one.
    [[nodiscard]] Finish put_back(const Job& job, const std::string& reason = {});

    [[nodiscard]] Finish
    retry_later(const Job& job, const std::string& reason, std::chrono::seconds delay);

    /// A reader died of this job. Gives the crashes so far, this one included, or nothing when the
    /// lease was lost. The job stays with the caller, who then retries it later or, at 2, sets it
    /// (or its page) aside. A lost lease or a killed worker is no crash: it never calls this.
    [[nodiscard]] std::optional<int> record_crash(const Job& job);

    /// The machine, not these jobs, broke the readers: their crashes are forgotten and count as one
    /// loss instead. Only of jobs that wait; the others have their outcome.
    void forgive_crashes(const std::vector<RowId>& jobs);

    /// Nobody can do this job, and what it is about is set aside with it: read = its page, split =
    /// the plis of its lot, understand = its pli, deliver = its delivery is refused and its pli set
    /// aside, with what of it was not sent yet.
    [[nodiscard]] Finish set_aside_job(const Job& job, const std::string& reason);

    /// For a start that knows no worker is alive (the holder of an embedded cluster): whatever was
    /// running waits again. No attempt and no crash, but a loss. Gives how many jobs that were.
    int release_all_running();

    /// For a worker that begins anew: whatever it held waits again, as above. Without it the
    /// heartbeat would keep a job for ever of which the worker knows nothing any more.
    int release_jobs_of(const std::string& worker);

    /// What is open; jobs that ended are not counted, nor waiting deliver jobs of the `held`
    /// caisses.
    [[nodiscard]] std::vector<QueueCount> outstanding(const std::vector<std::string>& held = {});

private:
    Connection database_;
};

} // namespace pleiade::store
