#include "app/pipeline/run.h"

#include "app/pipeline/leases.h"
#include "app/pipeline/sealing.h"
#include "app/pipeline/take_in.h"
#include "app/pipeline/worker.h"
#include "store/reports.h"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <thread>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;
using SteadyTime = std::chrono::steady_clock::time_point;

constexpr auto look_every =
    200ms;                     // chosen: progress moves smoothly, and a finished run ends at once
constexpr int least_rest = 20; // chosen: counting a long queue costs at most a twentieth of a core
constexpr auto rate_window = 20s; // chosen: long enough to smooth, short enough to follow

/// What the threads of a run tell each other.
class Board {
public:
    explicit Board(const std::stop_token& asked)
        : forward_(asked, [this] { stop_.request_stop(); }) {}

    void report(const Trouble& trouble) {
        {
            const std::scoped_lock lock(mutex_);
            if (!trouble_) {
                trouble_ = trouble;
            }
        }
        stop_.request_stop();
    }
    void add(const TakenIn& taken) {
        const std::scoped_lock lock(mutex_);
        taken_.new_files += taken.new_files;
        taken_.known_files += taken.known_files;
        taken_.lots.insert(taken.lots.begin(), taken.lots.end());
        taken_.complaints.insert(
            taken_.complaints.end(), taken.complaints.begin(), taken.complaints.end()
        );
        ++lots_;
        if (taken.refused) {
            ++refused_lots_;
            taken_.complaints.push_back(taken.refused->what);
            taken_.refused = taken_.refused ? taken_.refused : taken.refused;
        }
    }
    void intake_finished() { taking_in_ = false; }

    [[nodiscard]] bool taking_in() const { return taking_in_; }
    [[nodiscard]] std::stop_token stop_token() const { return stop_.get_token(); }
    [[nodiscard]] std::optional<Trouble> trouble() const {
        const std::scoped_lock lock(mutex_);
        return trouble_;
    }
    /// Of all lots together; refused only when all of them were.
    [[nodiscard]] TakenIn taken() const {
        const std::scoped_lock lock(mutex_);
        TakenIn all = taken_;
        if (refused_lots_ < lots_) {
            all.refused.reset();
        }
        return all;
    }
    void stop() { stop_.request_stop(); }

private:
    mutable std::mutex mutex_;
    std::stop_source stop_;
    std::optional<Trouble> trouble_;
    TakenIn taken_;
    int lots_ = 0;
    int refused_lots_ = 0;
    std::atomic<bool> taking_in_{true};
    std::stop_callback<std::function<void()>> forward_;
};

struct RunTools {
    Platform& platform;
    const Clock& clock;
};

/// How many lots are taken in at once. Every file waits for the disk several times, which others
/// may use meanwhile; each lane has a process that opens files.
std::size_t lanes_for(std::size_t folders) {
    constexpr std::size_t folders_of_lane = 4; // chosen: fewer are over before the process is ready
    constexpr std::size_t most = 3; // chosen: the workers need the cores and the disk too
    return std::clamp<std::size_t>(folders / folders_of_lane, 1, most);
}

/// Lots of one folder, in their order: the second knows what the first took in.
using LotsOfFolder = std::vector<const capture::LotSource*>;

std::vector<LotsOfFolder> by_folder(const std::vector<capture::LotSource>& lots) {
    std::vector<LotsOfFolder> folders;
    std::map<std::filesystem::path, std::size_t> known;
    for (const capture::LotSource& lot : lots) {
        const auto [place, is_new] = known.emplace(lot.folder, folders.size());
        if (is_new) {
            folders.emplace_back();
        }
        folders[place->second].push_back(&lot);
    }
    return folders;
}

/// What the lanes share.
struct IntakePlan {
    std::string caisse;
    std::vector<LotsOfFolder> folders;
    std::atomic<std::size_t> next{0}; ///< The folder that no lane has begun.
};

/// Takes in one folder after the other, those that no other lane has begun.
void take_in_lane(IntakePlan& plan, const RunTools& intake, Board& board) {
    try {
        ReaderProcess reader(reader_settings(intake.platform.configuration()));
        std::mutex mutex;
        std::condition_variable_any nothing;
        const IntakeTools tools{
            .platform = intake.platform,
            .reader = reader,
            .clock = intake.clock,
            .wait = [&](std::chrono::microseconds time) {
                std::unique_lock lock(mutex);
                nothing.wait_for(lock, board.stop_token(), time, [] { return false; });
            }};
        for (std::size_t i = plan.next++; i < plan.folders.size(); i = plan.next++) {
            for (const capture::LotSource* lot : plan.folders[i]) {
                if (board.stop_token().stop_requested()) {
                    return;
                }
                board.add(take_in(*lot, {plan.caisse}, tools, board.stop_token()));
            }
        }
    } catch (const std::exception& error) {
        board.report(trouble_of(error));
    }
}

void take_in_all(const RunOrder& order, const RunTools& tools, Board& board) {
    try {
        IntakePlan plan{.caisse = order.caisse, .folders = by_folder(order.lots)};
        std::vector<std::jthread> lanes;
        for (std::size_t lane = 0; lane < lanes_for(plan.folders.size()); ++lane) {
            lanes.emplace_back([&] { take_in_lane(plan, tools, board); });
        }
    } catch (const std::exception& error) {
        board.report(trouble_of(error));
    }
    board.intake_finished();
}

/// Pages per second over the last seconds.
class Rate {
public:
    double of(long done) {
        const auto now = std::chrono::steady_clock::now();
        seen_.emplace_back(now, done);
        while (seen_.size() > 2 && now - seen_.front().first > rate_window) {
            seen_.pop_front();
        }
        const std::chrono::duration<double> span = now - seen_.front().first;
        return span.count() > 0.0 ? static_cast<double>(done - seen_.front().second) / span.count()
                                  : 0.0;
    }

private:
    std::deque<std::pair<SteadyTime, long>> seen_;
};

Progress progress_of(
    const std::vector<store::QueueCount>& open, const RunState& state, bool taking_in, Rate& rate
) {
    const Tally& tally = state.tally;
    Progress progress{
        .pages_done = tally.pages,
        .documents_delivered = tally.documents,
        .set_aside = tally.set_aside,
        .taking_in = taking_in};
    for (const store::QueueCount& count : open) {
        if (count.state == "waiting" || count.state == "running") {
            (count.kind == store::JobKind::Read ? progress.pages_open : progress.other_open) +=
                count.count;
        }
    }
    progress.pages_per_second = rate.of(progress.pages_done);
    if (!taking_in && progress.pages_per_second > 0.0) {
        progress.left = std::chrono::seconds(
            std::lround(static_cast<double>(progress.pages_open) / progress.pages_per_second)
        );
    }
    return progress;
}

/// Watches until nothing is left to do or the run is stopped.
void watch(
    const RunTools& tools,
    const RunState& state,
    Board& board,
    const std::function<void(const Progress&)>& on_progress
) {
    store::Queue queue(tools.platform.database_url());
    Rate rate;
    std::mutex mutex;
    std::condition_variable_any nothing;
    while (!board.stop_token().stop_requested()) {
        const bool taking_in =
            board.taking_in(); // before counting: a job made meanwhile is seen next time
        const auto asked = std::chrono::steady_clock::now();
        const Progress progress = progress_of(
            queue.outstanding(state.held.codes(tools.clock.now())), state, taking_in, rate
        );
        const auto took = std::chrono::steady_clock::now() - asked;
        on_progress(progress);
        if (!taking_in && progress.pages_open + progress.other_open == 0) {
            return;
        }
        std::unique_lock lock(mutex);
        const auto wait = std::max<SteadyTime::duration>(look_every, took * least_rest);
        nothing.wait_for(lock, board.stop_token(), wait, [] { return false; });
    }
}

/// What became of the lots given, earlier runs included.
void look_back(const Platform& platform, const TakenIn& taken, RunOutcome& outcome) {
    try {
        const store::LotReport report = store::Reports(platform.database_url())
                                            .report_on({taken.lots.begin(), taken.lots.end()});
        // This run may have worked on other lots as well.
        outcome.set_aside =
            std::max(outcome.set_aside, report.pages_set_aside + report.plis_set_aside);
        outcome.pages_set_aside = report.pages_set_aside;
        outcome.plis_set_aside = report.plis_set_aside;
        outcome.complaints.insert(outcome.complaints.end(), report.held.begin(), report.held.end());
        outcome.remarks.insert(
            outcome.remarks.end(), report.complaints.begin(), report.complaints.end()
        );
    } catch (const std::exception& error) {
        outcome.trouble = trouble_of(error);
    }
}

} // namespace

RunOutcome
run(const RunOrder& order,
    Platform& platform,
    const Clock& clock,
    const std::stop_token& stop,
    const std::function<void(const Progress&)>& on_progress) {
    const auto started = std::chrono::steady_clock::now();
    if (platform.is_exclusive()) {
        store::Queue(platform.database_url())
            .release_all_running(); // nobody else can be working here
    }
    Board board(stop);
    RunState state;
    Sealing sealing(platform, clock);
    const ReaderSettings reader = reader_settings(platform.configuration());
    std::vector<std::string> names;
    for (int i = 0; i < worker_count(order.workers, platform.configuration()); ++i) {
        names.push_back(worker_name(i));
    }
    std::deque<WorkerOrder> orders;
    {
        const Leases leases( // until the last worker has ended
            platform.database_url(),
            names,
            std::chrono::seconds(platform.configuration().settings.run.lease_seconds)
        );
        std::vector<std::jthread> threads; // they end when the board stops, also after trouble here
        try {
            for (const std::string& name : names) {
                orders.push_back(
                    {.name = name,
                     .platform = platform,
                     .clock = clock,
                     .state = state,
                     .reader = reader,
                     .not_delivered_here = {},
                     .on_trouble = [&board](const Trouble& trouble) { board.report(trouble); }}
                );
                threads.emplace_back([&order = orders.back(), &board] {
                    work(order, board.stop_token());
                });
            }
            threads.emplace_back([&] { take_in_all(order, {platform, clock}, board); });
            watch({platform, clock}, state, board, on_progress);
        } catch (const std::exception& error) {
            board.report(trouble_of(error));
        }
        board.stop();
    }
    const std::optional<Trouble> unsealed = sealing.finish(); // after the last worker
    const TakenIn taken = board.taken();
    RunOutcome outcome{
        .new_files = taken.new_files,
        .known_files = taken.known_files,
        .pages = state.tally.pages,
        .documents = state.tally.documents,
        .set_aside = state.tally.set_aside,
        .duration = std::chrono::steady_clock::now() - started,
        .complaints = taken.complaints,
        .remarks = state.doors.remarks(),
        .refused = taken.refused,
        .held = state.held.all(clock.now()),
        .trouble = board.trouble(),
        .interrupted = stop.stop_requested()};
    if (!outcome.trouble) {
        look_back(platform, taken, outcome);
    }
    if (unsealed && !outcome.trouble) {
        outcome.remarks.push_back("the audit is behind: " + unsealed->what);
    }
    return outcome;
}

} // namespace pleiade::pipeline
