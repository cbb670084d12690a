#include "app/pipeline/worker.h"

#include "ged-export/folder_ged.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr auto idle_pause =
    100ms; // chosen: a new job waits no longer; ten cheap questions a second per worker
constexpr int most_crashes =
    2; // spec: architecture.md, a job that kills its worker twice is set aside

void pause(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any nothing;
    std::unique_lock lock(mutex);
    nothing.wait_for(lock, stop, idle_pause, [] { return false; });
}

class Worker {
public:
    explicit Worker(const WorkerOrder& order)
        : order_(order),
          lease_(order.platform.configuration().settings.run.lease_seconds),
          tools_{
              .platform = order.platform,
              .clock = order.clock,
              .tally = order.tally,
              .reader = ReaderProcess(reader_settings(order.platform.configuration())),
              .queue = store::Queue(order.platform.database_url()),
              .journey = store::Journey(order.platform.database_url()),
              .deliveries = store::Deliveries(order.platform.database_url()),
              .open_file = {}} {}

    void work_until(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            const auto job = tools_.queue.claim(order_.name, every_kind, lease_);
            if (job) {
                settle(*job);
            } else {
                pause(stop);
            }
        }
    }

private:
    inline static const std::vector<store::JobKind> every_kind{
        store::JobKind::Deliver,
        store::JobKind::Understand,
        store::JobKind::Split,
        store::JobKind::Read};

    /// Does the job or records why not. Leaves by exception only when the run must end.
    void settle(const store::Job& job) {
        try {
            perform(job);
        } catch (const std::exception& error) {
            switch (fate_of(error)) {
            case Fate::TryAgain:
                after_crash(job, error.what());
                return;
            case Fate::SetAside:
                set_aside(job, error.what());
                return;
            case Fate::StopRun:
                put_back(job);
                throw;
            }
        }
    }

    void perform(const store::Job& job) {
        switch (job.kind) {
        case store::JobKind::Read:
            return read_page(job, tools_);
        case store::JobKind::Split:
            return split_lot(job, tools_);
        case store::JobKind::Understand:
            return understand_pli(job, tools_);
        case store::JobKind::Deliver:
            return deliver_document(job, tools_, ged_of(job.caisse));
        }
    }

    void after_crash(const store::Job& job, const std::string& reason) {
        const std::optional<int> crashes = tools_.queue.record_crash(job);
        if (!crashes) {
            return; // the lease was lost: whoever holds the job now finds out himself
        }
        if (*crashes >= most_crashes) {
            set_aside(job, reason + ", twice");
        } else {
            (void)tools_.queue.retry_later(job, reason, std::chrono::seconds(0));
        }
    }

    void set_aside(const store::Job& job, const std::string& reason) {
        (void)tools_.queue.set_aside_job(job, reason);
        ++order_.tally.set_aside;
    }

    /// Gives the job back at once instead of when its lease ends; with the database away that has
    /// to do.
    void put_back(const store::Job& job) noexcept {
        try {
            (void)tools_.queue.put_back(job);
        } catch (const std::exception&) {
            return; // the first error is the one to report
        }
    }

    ged::GedConnector& ged_of(const std::string& caisse_code) {
        auto& connector = geds_[caisse_code];
        if (!connector) {
            const auto& caisses = order_.platform.configuration().caisses;
            const auto caisse = std::ranges::find(caisses, caisse_code, &Caisse::code);
            const bool own_folder = caisse != caisses.end() && !caisse->ged_folder.empty();
            connector = ged::make_folder_ged(
                {.root = own_folder ? std::filesystem::path(caisse->ged_folder)
                                    : order_.platform.ged_root()},
                order_.clock
            );
        }
        return *connector;
    }

    const WorkerOrder& order_;
    std::chrono::seconds lease_;
    Tools tools_;
    std::map<std::string, std::unique_ptr<ged::GedConnector>> geds_;
};

} // namespace

void work(const WorkerOrder& order, const std::stop_token& stop) {
    try {
        Worker(order).work_until(stop);
    } catch (const std::exception& error) {
        order.on_trouble(trouble_of(error));
    }
}

} // namespace pleiade::pipeline
