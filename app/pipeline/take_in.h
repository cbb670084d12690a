#pragma once
// Taking a lot in: every file durable as a blob, then a pli with its pages in the database. The
// source files are only read, never moved or removed.

#include "app/pipeline/platform.h"
#include "app/pipeline/reader_process.h"
#include "capture/lot_folder.h"
#include "core/clock.h"
#include "core/failure.h"
#include "store/intake.h"

#include <chrono>
#include <functional>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

namespace pleiade::pipeline {

/// What came of one lot.
struct TakenIn {
    int new_files = 0;
    int known_files = 0;  ///< Taken in by an earlier run, whatever became of them since.
    std::set<RowId> lots; ///< That hold the files given: this lot, and those of earlier runs.
    std::vector<std::string>
        complaints; ///< Why the lot stays open, for people; none when it was closed.
    std::optional<Failure> refused; ///< Why nothing of it was taken in.
};

struct LotDefaults {
    std::string caisse; ///< For lots that do not say; empty = unknown.
};

/// What intake works with.
struct IntakeTools {
    Platform& platform;
    ReaderProcess& reader;
    const Clock& clock;
    std::function<void(std::chrono::microseconds)> wait; ///< May come back early, asked to stop.
};

/// Takes in what is new in the folder, in order. Interrupted and called again, it goes on where it
/// stopped. A file that somebody still writes to ends it: that one and those behind it are left for
/// the next run, and the lot stays open.
/// @throws Error(RetryLater) when database or disk are out of reach.
TakenIn take_in(
    const capture::LotSource& source,
    const LotDefaults& defaults,
    const IntakeTools& tools,
    const std::stop_token& stop
);

} // namespace pleiade::pipeline
