#include "app/pipeline/shift.h"

#include "app/pipeline/leases.h"
#include "app/pipeline/sealing.h"
#include "app/pipeline/try_again.h"
#include "app/pipeline/worker.h"

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto look_every = 1s;        // chosen: how late a stop or a held caisse is noticed
constexpr auto hold_for = 60s;         // chosen: a GED that was mended waits no longer
constexpr auto between_questions = 2s; // chosen: a database that is back waits no longer
constexpr auto longest_wait = 5min;    // chosen: a disk that has room again waits no longer
constexpr auto good_while = 60s;       // chosen: who worked that long begins with short waits again

void rest(const std::stop_token& stop, steady_clock::duration time) {
    std::mutex mutex;
    std::condition_variable_any nothing;
    std::unique_lock lock(mutex);
    nothing.wait_for(lock, stop, time, [] { return false; });
}

/// Who waits, and what was said of it; safe to use from all workers.
class Bulletin {
public:
    explicit Bulletin(const std::function<void(const ShiftNews&)>& tell) : tell_(tell) {}

    /// Said once however many wait.
    void waits(const std::string& worker, const std::string& why) {
        const std::scoped_lock lock(mutex_);
        if (waiting_.insert(worker).second && waiting_.size() == 1) {
            tell_({ShiftNews::What::Waits, why});
        }
    }
    void begins(const std::string& worker) {
        const std::scoped_lock lock(mutex_);
        if (waiting_.erase(worker) == 1 && waiting_.empty()) {
            tell_({ShiftNews::What::GoesOn, {}});
        }
    }
    /// Said when a caisse is held that was not before.
    void holds(const std::vector<HeldCaisse>& all) {
        const std::scoped_lock lock(mutex_);
        std::set<std::string> now;
        for (const HeldCaisse& held : all) {
            now.insert(held.caisse);
            if (held_.count(held.caisse) == 0) {
                tell_({ShiftNews::What::Holds, held.trouble.what});
            }
        }
        held_ = std::move(now);
    }

    /// Said once for each trouble. Without the database the workers say what is wrong.
    void seals(const std::optional<Trouble>& trouble) {
        const std::scoped_lock lock(mutex_);
        const std::string now =
            trouble && trouble->remedy == Remedy::FixConfiguration ? trouble->what : "";
        if (now != unsealed_ && !now.empty()) {
            tell_({ShiftNews::What::Unsealed, now});
        }
        unsealed_ = now;
    }

private:
    const std::function<void(const ShiftNews&)>& tell_;
    std::mutex mutex_;
    std::string unsealed_;
    std::set<std::string> waiting_;
    std::set<std::string> held_;
};

/// The trouble that only a person can end.
class Ending {
public:
    explicit Ending(const std::stop_token& asked)
        : forward_(asked, [this] { source.request_stop(); }) {}

    void end(const Trouble& why) {
        {
            const std::scoped_lock lock(mutex_);
            trouble_ = trouble_ ? trouble_ : why;
        }
        source.request_stop();
    }
    [[nodiscard]] std::optional<Trouble> trouble() const {
        const std::scoped_lock lock(mutex_);
        return trouble_;
    }

    std::stop_source source;

private:
    mutable std::mutex mutex_;
    std::optional<Trouble> trouble_;
    std::stop_callback<std::function<void()>> forward_;
};

struct StopsAtEnd {
    std::stop_source source;

    explicit StopsAtEnd(std::stop_source of) : source(std::move(of)) {}
    ~StopsAtEnd() { source.request_stop(); }
    StopsAtEnd(const StopsAtEnd&) = delete;
    StopsAtEnd& operator=(const StopsAtEnd&) = delete;
};

/// Gives back what the name still holds; false while the database is away.
bool begin_anew(const WorkerOrder& order) {
    try {
        store::Queue(order.platform.database_url()).release_jobs_of(order.name);
        return true;
    } catch (const Error& error) {
        if (error.remedy() == Remedy::FixConfiguration) {
            throw;
        }
        return false;
    }
}

/// One worker after the other under the same name, with longer and longer waits in between.
void work_patiently(WorkerOrder order, Bulletin& bulletin, Ending& ending) {
    const std::stop_token stop = ending.source.get_token();
    int failures = 0;
    while (!stop.stop_requested()) {
        std::optional<Trouble> trouble;
        order.on_trouble = [&](const Trouble& why) { trouble = why; };
        const auto begun = steady_clock::now();
        work(order, stop);
        if (!trouble) {
            return;
        }
        if (trouble->remedy == Remedy::FixConfiguration) {
            return ending.end(*trouble);
        }
        bulletin.waits(order.name, trouble->what);
        failures = steady_clock::now() - begun > good_while ? 1 : failures + 1;
        rest(stop, back_off(failures, between_questions, longest_wait));
        try {
            while (!begin_anew(order) && !stop.stop_requested()) {
                failures = 0; // it was the database: when it is back, all is well
                rest(stop, between_questions);
            }
        } catch (const Error& error) {
            return ending.end(trouble_of(error));
        }
        if (!stop.stop_requested()) {
            bulletin.begins(order.name);
        }
    }
}

/// Says what changes about held caisses and the audit, until the shift ends.
void supervise(
    const WorkerOrder& any, const Sealing& sealing, Bulletin& bulletin, const std::stop_token& stop
) {
    while (!stop.stop_requested()) {
        rest(stop, look_every);
        bulletin.holds(any.state.held.all(any.clock.now()));
        bulletin.seals(sealing.trouble());
    }
}

/// Those whose GED is a folder that nobody named on this host.
std::vector<std::string> delivered_elsewhere(const Platform& platform) {
    std::vector<std::string> codes;
    for (const Caisse& caisse : platform.configuration().caisses) {
        if (caisse.ged_folder.empty() && platform.ged_root().empty()) {
            codes.push_back(caisse.code);
        }
    }
    return codes;
}

std::string list_of(const std::vector<std::string>& codes) {
    std::string list;
    for (const std::string& code : codes) {
        list += (list.empty() ? "" : ", ") + code;
    }
    return list;
}

} // namespace

ShiftOutcome shift(
    int workers,
    Platform& platform,
    const Clock& clock,
    const std::stop_token& stop,
    const std::function<void(const ShiftNews&)>& tell
) {
    const auto started = steady_clock::now();
    const std::vector<std::string> elsewhere = delivered_elsewhere(platform);
    if (!elsewhere.empty()) {
        tell({ShiftNews::What::Leaves, list_of(elsewhere)});
    }
    RunState state{.held = HeldCaisses(hold_for)};
    Sealing sealing(platform, clock);
    Bulletin bulletin(tell);
    Ending ending(stop);
    std::vector<WorkerOrder> orders;
    for (int i = 0; i < worker_count(workers, platform.configuration()); ++i) {
        orders.push_back(
            {.name = worker_name(i),
             .platform = platform,
             .clock = clock,
             .state = state,
             .reader = reader_settings(platform.configuration()),
             .patience = Patience::Long,
             .not_delivered_here = elsewhere,
             .on_trouble = {}}
        );
    }
    std::vector<std::string> names;
    for (const WorkerOrder& order : orders) {
        names.push_back(order.name);
    }
    {
        const Leases leases( // until the last worker has ended
            platform.database_url(),
            names,
            std::chrono::seconds(platform.configuration().settings.run.lease_seconds)
        );
        std::vector<std::jthread> threads;
        const StopsAtEnd stops{ending.source}; // else a throw here would wait for them for ever
        for (const WorkerOrder& order : orders) {
            threads.emplace_back([&order, &bulletin, &ending] {
                work_patiently(order, bulletin, ending);
            });
        }
        supervise(orders.front(), sealing, bulletin, ending.source.get_token());
    }
    bulletin.seals(sealing.finish()); // after the last worker
    return {
        .pages = state.tally.pages,
        .documents = state.tally.documents,
        .set_aside = state.tally.set_aside,
        .duration = steady_clock::now() - started,
        .trouble = ending.trouble()};
}

} // namespace pleiade::pipeline
