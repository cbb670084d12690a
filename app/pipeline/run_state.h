#pragma once
// What the workers of one run know of each other: what was done, to which caisses nothing is
// delivered, and whether it is the machine that breaks the readers. Safe to use from all of them.

#include "app/pipeline/fate.h"
#include "app/wire/reader_protocol.h"
#include "core/mail.h"
#include "store/job.h"

#include <atomic>
#include <mutex>
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

/// A caisse to which nothing more is delivered in this run, and why.
struct HeldCaisse {
    std::string caisse;
    Trouble trouble;
};

class HeldCaisses {
public:
    /// The first reason is kept: what follows comes of the same.
    void hold(const std::string& caisse, const Trouble& trouble);

    [[nodiscard]] std::vector<HeldCaisse> all() const;
    [[nodiscard]] std::vector<std::string> codes() const;

private:
    mutable std::mutex mutex_;
    std::vector<HeldCaisse> held_;
};

/// The jobs that broke a reader since a reader last did its work.
class CrashStreak {
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
    CrashStreak crashes;
    OpenDoors doors;
};

} // namespace pleiade::pipeline
