#pragma once
// One worker: claims jobs and does them until it is told to stop. A thread of its own, with its own
// database connection and its own reader process.

#include "app/pipeline/fate.h"
#include "app/pipeline/steps.h"

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

namespace pleiade::pipeline {

/// What a worker does about a job that fails though the mail is not known to be at fault.
enum class Patience {
    None, ///< Puts it back and ends: somebody is there to see why.
    Long, ///< Tries it again later and goes on, unless other jobs fail one after the other too.
};

struct WorkerOrder {
    std::string name; ///< Unique among all workers of all hosts.
    Platform& platform;
    const Clock& clock;
    RunState& state;
    ReaderSettings reader;
    Patience patience = Patience::None;
    std::vector<std::string> not_delivered_here;    ///< Caisses that others deliver to.
    std::function<void(const Trouble&)> on_trouble; ///< Called at most once; the worker then ends.
};

/// A name for one worker of this process, known to no other process.
[[nodiscard]] std::string worker_name(int number);

/// @param wanted 0: as configured, else one per core.
[[nodiscard]] int worker_count(int wanted, const config::Config& config);

/// Ends after the job in hand when `stop` is requested.
void work(const WorkerOrder& order, const std::stop_token& stop);

} // namespace pleiade::pipeline
