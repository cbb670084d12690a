#pragma once
// Keeps events sealed while mail is worked on: a thread with a connection of its own, beside every
// run. What `pleiade work` does is sealed by the next run.

#include "app/pipeline/fate.h"
#include "app/pipeline/platform.h"
#include "core/clock.h"

#include <optional>
#include <thread>

namespace pleiade::pipeline {

/// Begins at once. Its troubles never stop the mail: what is not sealed now is sealed later, and
/// until then the audit says so.
class Sealing {
public:
    /// Both must outlive it.
    Sealing(const Platform& platform, const Clock& clock);
    Sealing(const Sealing&) = delete;
    Sealing& operator=(const Sealing&) = delete;
    Sealing(Sealing&&) = delete;
    Sealing& operator=(Sealing&&) = delete;
    ~Sealing() = default;

    /// Once more, everything, with a last checkpoint. Gives what is not mended yet.
    [[nodiscard]] std::optional<Trouble> finish();

private:
    std::optional<Trouble> trouble_;
    std::jthread thread_; ///< After what it writes into.
};

} // namespace pleiade::pipeline
