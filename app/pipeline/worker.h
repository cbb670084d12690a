#pragma once
// One worker: claims jobs and does them until it is told to stop. A thread of its own, with its own
// database connection and its own reader process.

#include "app/pipeline/fate.h"
#include "app/pipeline/steps.h"

#include <functional>
#include <stop_token>
#include <string>

namespace pleiade::pipeline {

struct WorkerOrder {
    std::string name; ///< Unique among all workers of all hosts.
    Platform& platform;
    const Clock& clock;
    RunState& state;
    ReaderSettings reader;
    std::function<void(const Trouble&)> on_trouble; ///< Called at most once; the worker then ends.
};

/// Ends after the job in hand when `stop` is requested.
void work(const WorkerOrder& order, const std::stop_token& stop);

} // namespace pleiade::pipeline
