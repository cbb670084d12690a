#pragma once
// Keeps events sealed and counters added up while mail is worked on: a thread with a connection of
// its own, beside every run and every shift. One of them seals at a time.

#include "app/pipeline/fate.h"
#include "app/pipeline/platform.h"
#include "core/clock.h"

#include <mutex>
#include <optional>
#include <thread>

namespace pleiade::pipeline {

/// Begins at once. Its troubles never stop the mail: what is not sealed now is sealed later, and
/// until then the audit says so.
///
/// Where no key is named and there is no home for one (a shift), events are sealed and nothing is
/// signed: that is done by who has the key.
class Sealing {
public:
    /// Both must outlive it.
    Sealing(const Platform& platform, const Clock& clock);
    Sealing(const Sealing&) = delete;
    Sealing& operator=(const Sealing&) = delete;
    Sealing(Sealing&&) = delete;
    Sealing& operator=(Sealing&&) = delete;
    ~Sealing() = default;

    /// What is not mended yet.
    [[nodiscard]] std::optional<Trouble> trouble() const;

    /// Once more, with a last checkpoint: all of it, or as much as a few seconds allow. Gives what
    /// is not mended yet.
    [[nodiscard]] std::optional<Trouble> finish();

private:
    void note(const std::optional<Trouble>& trouble);

    mutable std::mutex mutex_;
    std::optional<Trouble> trouble_;
    std::jthread thread_; ///< After what it writes into.
};

} // namespace pleiade::pipeline
