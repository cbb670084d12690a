#pragma once
// A shift: workers only, for mail that others take in. Works until it is asked to stop.

#include "app/pipeline/fate.h"
#include "app/pipeline/platform.h"
#include "app/pipeline/run_state.h"
#include "core/clock.h"

#include <chrono>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace pleiade::pipeline {

/// What people want to know while a shift works.
struct ShiftNews {
    enum class What {
        Waits,    ///< Nobody works, `text` says why; they look again by themselves.
        GoesOn,   ///< The last who waited begins again.
        Holds,    ///< Nothing is delivered to a caisse for a while, `text` says why.
        Leaves,   ///< Deliveries to the caisses of `text` are left to other hosts.
        Unsealed, ///< The audit falls behind until a person mends what `text` says.
    };
    What what = What::Waits;
    std::string text;
};

struct ShiftOutcome {
    long pages = 0;
    long documents = 0;
    long set_aside = 0;
    std::chrono::duration<double> duration{};
    std::optional<Trouble> trouble; ///< What a person must mend first; nothing: asked to stop.
};

/// Ends when asked to stop, after the jobs in hand, or when the configuration is wrong. What comes
/// back by itself is waited for: the database, the images, a disk that is full, a GED.
/// @param platform Opened to join.
/// @param workers 0: as configured, else one per core.
/// @param tell Called by one thread at a time.
ShiftOutcome shift(
    int workers,
    Platform& platform,
    const Clock& clock,
    const std::stop_token& stop,
    const std::function<void(const ShiftNews&)>& tell
);

} // namespace pleiade::pipeline
