#include "app/pipeline/worker.h"

#include "app/pipeline/try_again.h"
#include "ged-export/folder_ged.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <sstream>
#include <thread>

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
constexpr std::size_t most_troubles_in_a_row =
    4; // chosen: as many different jobs do not fail by accident, what they all need is away
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
                tools_.queue.claim(order_.name, every_kind, lease_, not_delivered_now());
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

    std::vector<std::string> not_delivered_now() {
        std::vector<std::string> codes = order_.state.held.codes(order_.clock.now());
        codes.insert(
            codes.end(), order_.not_delivered_here.begin(), order_.not_delivered_here.end()
        );
        return codes;
    }

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
            order_.state.troubles.end();
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
                if (is_trouble_of_this_job(job, trouble_of(error))) {
                    return try_again_later(job, error.what(), tools_);
                }
                put_back(job);
                throw;
            }
        }
    }

    /// Waiting for a job that nobody can do would keep all others waiting.
    bool is_trouble_of_this_job(const store::Job& job, const Trouble& trouble) {
        return order_.patience == Patience::Long && trouble.remedy != Remedy::FixConfiguration &&
               order_.state.troubles.add(job.id).size() < most_troubles_in_a_row;
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
        order_.state.held.hold(job.caisse, trouble, order_.clock.now());
        (void)tools_.queue.put_back(job, trouble.what);
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

std::string worker_name(int number) {
    static const unsigned process = std::random_device()(); // containers share host names and ids
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    std::ostringstream name;
    name << host.data() << ":" << ::getpid() << ":" << std::hex << process << std::dec << ":"
         << number;
    return name.str();
}

int worker_count(int wanted, const config::Config& config) {
    if (wanted > 0) {
        return wanted;
    }
    if (config.settings.run.workers > 0) {
        return config.settings.run.workers;
    }
    constexpr int most_workers = 256; // spec: app/config/files/settings_file.cpp
    return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, most_workers);
}

void work(const WorkerOrder& order, const std::stop_token& stop) {
    try {
        Worker(order).work_until(stop);
    } catch (const std::exception& error) {
        order.on_trouble(trouble_of(error));
    }
}

} // namespace pleiade::pipeline
