#include "store/queue.h"

#include "store/postgres/database.h"
#include "store/postgres/values.h"
#include "store/sql.h"

#include <utility>

namespace pleiade::store {

namespace {

Job job_of(const pqxx::row& row) {
    using postgres::id_of;
    using postgres::text_of;
    Job job;
    job.id = row["job_id"].as<RowId>();
    job.kind = postgres::kind_of(row["kind"].c_str());
    job.fence = row["fence"].as<std::int64_t>();
    job.worker = text_of(row["worker"]);
    job.caisse = text_of(row["caisse_id"]);
    job.lot = id_of(row["lot_id"]);
    job.page = id_of(row["page_id"]);
    job.delivery = id_of(row["delivery_id"]);
    job.attempt = row["attempt"].as<int>();
    job.crashes = row["crashes"].as<int>();
    job.losses = row["losses"].as<int>();
    job.pli = id_of(row["pli_id"]);
    job.document = id_of(row["document_id"]);
    job.blob.sha256 = text_of(row["sha256"]);
    job.file = text_of(row["file"]);
    job.file_index = static_cast<int>(id_of(row["file_index"]));
    return job;
}

void require_lease(const pqxx::result& rows) {
    if (rows.empty()) {
        throw postgres::LeaseLost();
    }
}

void set_aside_subject(pqxx::work& work, const Job& job, const std::string& reason) {
    switch (job.kind) {
    case JobKind::Read:
        work.exec_params(sql::settle_page, job.page, "set_aside", reason, "");
        work.exec_params(sql::queue_split_when_settled, job.lot);
        break;
    case JobKind::Split:
        work.exec_params(sql::set_aside_plis_of_lot, job.lot, reason);
        work.exec_params(sql::close_lot_when_settled, job.lot); // when it had none
        break;
    case JobKind::Understand:
        work.exec_params(sql::set_aside_pli, job.pli, reason);
        break;
    case JobKind::Deliver:
        work.exec_params(sql::stop_delivery, job.delivery, reason);
        work.exec_params(sql::stop_pli, job.pli, reason);
        break;
    }
}

} // namespace

Queue::Queue(const std::string& url) : Queue(connect(url)) {}
Queue::Queue(Connection connection) : database_(std::move(connection)) {}
Queue::~Queue() = default;
Queue::Queue(Queue&&) noexcept = default;
Queue& Queue::operator=(Queue&&) noexcept = default;

std::optional<Job> Queue::claim(
    const std::string& worker,
    const std::vector<JobKind>& kinds,
    std::chrono::seconds lease,
    const std::vector<std::string>& held
) {
    const std::vector<Job> jobs = claim_some({worker, kinds, lease, held, 1});
    return jobs.empty() ? std::nullopt : std::optional(jobs.front());
}

std::vector<Job> Queue::claim_some(const Claim& wanted) {
    std::vector<std::string> names;
    for (const JobKind kind : wanted.kinds) {
        names.push_back(to_text(kind));
    }
    return database_->transact([&](pqxx::work& work) {
        std::vector<Job> jobs;
        for (const pqxx::row& row : work.exec_params(
                 sql::claim_jobs,
                 wanted.worker,
                 postgres::array_of(names),
                 std::int64_t{wanted.lease.count()},
                 postgres::array_of(wanted.held),
                 wanted.most
             )) {
            jobs.push_back(job_of(row));
        }
        return jobs;
    });
}

int Queue::heartbeat(const std::string& worker, std::chrono::seconds lease) {
    return database_->transact([&](pqxx::work& work) {
        postgres::become_worker(work);
        return static_cast<int>(
            work.exec_params(sql::heartbeat, worker, std::int64_t{lease.count()}).affected_rows()
        );
    });
}

Finish Queue::put_back(const Job& job, const std::string& reason) {
    return database_->finish([&](pqxx::work& work) {
        postgres::become_worker(work);
        require_lease(work.exec_params(sql::put_back_job, job.id, job.fence, reason));
    });
}

Finish Queue::retry_later(const Job& job, const std::string& reason, std::chrono::seconds delay) {
    return database_->finish([&](pqxx::work& work) {
        postgres::become_worker(work);
        require_lease(
            work.exec_params(sql::retry_job, job.id, job.fence, reason, std::int64_t{delay.count()})
        );
    });
}

std::optional<int> Queue::record_crash(const Job& job) {
    return database_->transact([&](pqxx::work& work) -> std::optional<int> {
        postgres::become_worker(work);
        const pqxx::result rows = work.exec_params(sql::record_crash, job.id, job.fence);
        if (rows.empty()) {
            return std::nullopt;
        }
        return rows[0]["crashes"].as<int>();
    });
}

void Queue::forgive_crashes(const std::vector<RowId>& jobs) {
    database_->transact([&](pqxx::work& work) {
        postgres::become_worker(work);
        work.exec_params(sql::forgive_crashes, postgres::array_of(jobs));
    });
}

Finish Queue::set_aside_job(const Job& job, const std::string& reason) {
    return database_->finish([&](pqxx::work& work) {
        require_lease(work.exec_params(sql::set_aside_job, job.id, job.fence, reason));
        set_aside_subject(work, job, reason);
    });
}

int Queue::release_all_running() {
    return database_->transact([](pqxx::work& work) {
        postgres::become_worker(work);
        return static_cast<int>(work.exec(sql::release_all_jobs).affected_rows());
    });
}

int Queue::release_jobs_of(const std::string& worker) {
    return database_->transact([&](pqxx::work& work) {
        postgres::become_worker(work);
        return static_cast<int>(work.exec_params(sql::release_jobs_of, worker).affected_rows());
    });
}

std::vector<QueueCount> Queue::outstanding(const std::vector<std::string>& held) {
    return database_->transact([&](pqxx::work& work) {
        postgres::become_worker(work);
        std::vector<QueueCount> counts;
        for (const pqxx::row& row : work.exec_params(sql::count_jobs, postgres::array_of(held))) {
            counts.push_back(QueueCount{
                .kind = postgres::kind_of(row["kind"].c_str()),
                .state = postgres::text_of(row["state"]),
                .count = row["jobs"].as<long>()});
        }
        return counts;
    });
}

} // namespace pleiade::store
