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
constexpr auto pause_after_crash = 5s; // chosen: what a machine short of memory may get over
constexpr std::size_t most_crashes_in_a_row =
    4; // chosen: as many different jobs are not bad by accident, the machine is
constexpr int most_losses =
    5; // chosen: that often nobody's run is killed during one job; a job that kills the program is

void pause(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any nothing;
    std::unique_lock lock(mutex);
    nothing.wait_for(lock, stop, idle_pause, [] { return false; });
}

class Worker {
public:
    explicit Worker(const WorkerOrder& order)
        : Worker(order, store::connect(order.platform.database_url())) {}

    void work_until(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            const auto job =
                tools_.queue.claim(order_.name, every_kind, lease_, order_.state.held.codes());
            if (job) {
                settle(*job);
            } else {
                pause(stop);
            }
        }
        order_.state.doors.note(tools_.reader.open_doors());
    }

private:
    Worker(const WorkerOrder& order, const store::Connection& connection)
        : order_(order),
          lease_(order.platform.configuration().settings.run.lease_seconds),
          tools_{
              .platform = order.platform,
              .clock = order.clock,
              .tally = order.state.tally,
              .reader = ReaderProcess(order.reader),
              .queue = store::Queue(connection),
              .journey = store::Journey(connection),
              .deliveries = store::Deliveries(connection)} {}

    inline static const std::vector<store::JobKind> every_kind{
        store::JobKind::Deliver,
        store::JobKind::Understand,
        store::JobKind::Split,
        store::JobKind::Read};

    /// Does the job or records why not. Leaves by exception only when the run must end.
    void settle(const store::Job& job) {
        if (job.losses >= most_losses) {
            set_aside(
                job,
                "le programme s'est arrêté " + std::to_string(job.losses) +
                    " fois pendant ce travail, sans un mot"
            );
            return;
        }
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
            case Fate::HoldCaisse:
                hold(job, trouble_of(error));
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
            read_page(job, tools_);
            return order_.state.crashes.end();
        case store::JobKind::Split:
            return split_lot(job, tools_);
        case store::JobKind::Understand:
            understand_pli(job, tools_);
            return order_.state.crashes.end();
        case store::JobKind::Deliver:
            return deliver_document(job, tools_, ged_of(job.caisse));
        }
    }

    void after_crash(const store::Job& job, const std::string& reason) {
        const std::optional<int> crashes = tools_.queue.record_crash(job);
        if (!crashes) {
            return; // the lease was lost: whoever holds the job now finds out himself
        }
        const std::vector<RowId> streak = order_.state.crashes.add(job.id);
        if (streak.size() >= most_crashes_in_a_row) {
            put_back(job);
            tools_.queue.forgive_crashes(streak);
            throw Error(
                Remedy::RetryLater,
                "the reading process failed (" + reason + ") as on " +
                    std::to_string(streak.size() - 1) +
                    " other jobs just before: the machine rather than the mail is at fault. Is "
                    "there memory left? See pleiade doctor"
            );
        }
        if (*crashes >= most_crashes) {
            set_aside(job, reason + ", deux fois");
        } else {
            (void)tools_.queue.retry_later(job, reason, pause_after_crash);
        }
    }

    /// First held, then given back: nobody may take it again in between.
    void hold(const store::Job& job, const Trouble& trouble) {
        order_.state.held.hold(job.caisse, trouble);
        (void)tools_.queue.retry_later(job, trouble.what, std::chrono::seconds(0));
    }

    void set_aside(const store::Job& job, const std::string& reason) {
        count(tools_.queue.set_aside_job(job, reason), order_.state.tally.set_aside);
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
            if (caisse == caisses.end()) {
                throw GedTrouble(
                    caisse_code,
                    {Remedy::FixConfiguration,
                     "the caisse is not in this configuration. Add its file, or run with --config "
                     "of the configuration its mail was taken in with"}
                );
            }
            connector = ged::make_folder_ged(
                {.root = caisse->ged_folder.empty() ? order_.platform.ged_root()
                                                    : std::filesystem::path(caisse->ged_folder)},
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
