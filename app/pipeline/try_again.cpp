#include "app/pipeline/try_again.h"

namespace pleiade::pipeline {

void try_again_later(const store::Job& job, const std::string& reason, Tools& tools) {
    if (job.attempt < most_attempts) {
        (void)tools.queue.retry_later(job, reason, wait_after(job.attempt));
        return;
    }
    count(
        tools.queue.set_aside_job(
            job, reason + " (" + std::to_string(job.attempt) + " tentatives)"
        ),
        tools.tally.set_aside
    );
}

} // namespace pleiade::pipeline
