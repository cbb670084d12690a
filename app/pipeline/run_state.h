#pragma once
// What the workers of one run know of each other: what was done, to which caisses nothing is
// delivered, and whether it is the machine that breaks the readers. Safe to use from all of them.

#include "app/pipeline/fate.h"
#include "app/wire/reader_protocol.h"
#include "core/clock.h"
#include "core/mail.h"
#include "store/job.h"

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace pleiade::pipeline {

/// What a run has done so far; every worker counts here.
struct Tally {
    std::atomic<long> pages{0};
    std::atomic<long> documents{0}; ///< Acknowledged by their GED.
    std::atomic<long> set_aside{0}; ///< Pages, plis and deliveries given up with a reason.
};

/// Only what went through is counted: with the lease lost, whoever has the job now counts it.
inline void count(store::Finish finish, std::atomic<long>& counter) {
    if (finish == store::Finish::Committed) {
        ++counter;
    }
}

/// A caisse to which nothing more is delivered now, and why.
struct HeldCaisse {
    std::string caisse;
    Trouble trouble;
    Instant since;
};

class HeldCaisses {
public:
    /// @param hold_for After which a caisse is tried again; nothing = never.
    explicit HeldCaisses(std::optional<std::chrono::seconds> hold_for = {}) : hold_for_(hold_for) {}

    /// The first reason is kept: what follows comes of the same.
    void hold(const std::string& caisse, const Trouble& trouble, Instant now);

    [[nodiscard]] std::vector<HeldCaisse> all(Instant now) const;
    [[nodiscard]] std::vector<std::string> codes(Instant now) const;

private:
    [[nodiscard]] bool is_over(const HeldCaisse& held, Instant now) const;

    std::optional<std::chrono::seconds> hold_for_;
    mutable std::mutex mutex_;
    std::vector<HeldCaisse> held_;
};

/// Different jobs that failed the same way, one after the other: then it is not the jobs.
class JobStreak {
public:
    /// Gives the streak with this job.
    std::vector<RowId> add(RowId job);
    void end();

private:
    std::mutex mutex_;
    std::set<RowId> jobs_;
};

/// What the readers of a run could do besides reading; they all say the same.
class OpenDoors {
public:
    void note(const std::vector<wire::OpenDoor>& open_doors);
    [[nodiscard]] std::vector<std::string> remarks() const; ///< For people, one line each.

private:
    mutable std::mutex mutex_;
    std::vector<wire::OpenDoor> seen_;
};

struct RunState {
    Tally tally;
    HeldCaisses held;
    JobStreak crashes;  ///< Broke a reader since one last did its work.
    JobStreak troubles; ///< Could not be done since one last could.
    OpenDoors doors;
};

} // namespace pleiade::pipeline
