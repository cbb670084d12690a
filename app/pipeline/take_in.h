#pragma once
// Taking a lot in: every file durable as a blob, then a pli with its pages in the database. The
// source files are only read, never moved or removed.

#include "app/pipeline/platform.h"
#include "app/pipeline/reader_process.h"
#include "capture/lot_folder.h"
#include "core/clock.h"
#include "store/intake.h"

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace pleiade::pipeline {

/// What came of one lot.
struct TakenIn {
    int new_files = 0;
    int known_files = 0;      ///< Taken in by an earlier run, whatever became of them since.
    int unreadable_files = 0; ///< Set aside with their reason.
    std::vector<std::string>
        complaints; ///< Why the lot stays open, for people; none when it was closed.
};

struct LotDefaults {
    std::string caisse; ///< For lots that do not say; empty = unknown.
};

/// Takes in what is new in the folder. Interrupted and called again, it goes on where it stopped.
/// @throws Error(RetryLater) when database or disk are out of reach.
TakenIn take_in(
    const capture::LotSource& source,
    const LotDefaults& defaults,
    Platform& platform,
    ReaderProcess& reader,
    const Clock& clock,
    const std::stop_token& stop
);

} // namespace pleiade::pipeline
