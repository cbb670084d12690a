#pragma once
// The main job: take in lots, and work until every pli is settled.

#include "app/pipeline/fate.h"
#include "app/pipeline/platform.h"
#include "app/pipeline/run_state.h"
#include "capture/lot_folder.h"
#include "core/clock.h"

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace pleiade::pipeline {

struct RunOrder {
    std::vector<capture::LotSource> lots;
    std::string caisse; ///< For lots that do not say; empty = unknown.
    int workers = 0;    ///< 0 = as configured, else one per core.
};

struct Progress {
    long pages_done = 0;
    long pages_open = 0;
    long other_open = 0; ///< Lots to split, plis to understand, documents to deliver.
    long documents_delivered = 0;
    long set_aside = 0;
    double pages_per_second = 0.0;
    std::optional<std::chrono::seconds> left; ///< Nothing while it cannot be told.
    bool taking_in = false;
};

struct RunOutcome {
    int new_files = 0;
    int known_files = 0;
    long pages = 0;
    long documents = 0;
    long set_aside = 0; ///< By this run, or in the lots given by whatever run: pages and plis.
    long pages_set_aside = 0; ///< In the lots given, now; their plis wait as "to verify".
    long plis_set_aside = 0;  ///< In the lots given, now.
    std::chrono::duration<double> duration{};
    std::vector<std::string>
        complaints; ///< Lots that stay open, were refused or are held, for people.
    std::vector<std::string>
        remarks; ///< What was odd about lots that are worked on or about the machine, for people.
    std::optional<Failure> refused; ///< The first reason, when every lot given was refused.
    std::vector<HeldCaisse> held;   ///< To which not all could be delivered.
    std::optional<Trouble> trouble; ///< Why it ended early, unless it was asked to.
    bool interrupted = false;
};

/// Ends when all is settled, when asked to stop (the jobs in hand are finished first), or on
/// trouble that every further job would share. A caisse whose GED is in trouble is held, and does
/// not keep the others waiting. Run again, it goes on where it stopped.
RunOutcome
run(const RunOrder& order,
    Platform& platform,
    const Clock& clock,
    const std::stop_token& stop,
    const std::function<void(const Progress&)>& on_progress);

} // namespace pleiade::pipeline
