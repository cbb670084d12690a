#pragma once
// A person stops a lot or a pli that is in the queue, and lets it go on later. Nothing is deleted.

#include "core/mail.h"
#include "store/connection.h"

#include <optional>
#include <string>
#include <vector>

namespace pleiade::store {

/// Why somebody stops something, or lets it go on.
struct HoldOrder {
    std::string why; ///< Needed to stop.
    std::string who;
};

struct Hold {
    std::string why;
    std::string who;
    std::string since; ///< "2026-03-14 09:05", in France.
};

/// What came of it.
struct HoldOutcome {
    long jobs = 0;          ///< Taken out of the queue, or put back into it.
    long delivered = 0;     ///< Documents that the GED has already: they stay there.
    long under_way = 0;     ///< Documents that a worker is about to deliver: these may still go.
    bool whole_lot = false; ///< Of a pli: its lot is held as well, and keeps it from going on.
};

/// A lot that is not done yet.
struct LotInWork {
    RowId id = 0;
    std::string caisse;
    std::string source;
    std::string state; ///< "open" or "closed".
    std::string received_on;
    std::optional<Hold> hold; ///< Of the whole lot.
    long plis = 0;
    long delivered = 0;
    long to_verify = 0;
    long set_aside = 0;
    long in_work = 0;
    long held = 0; ///< Plis: of those that are neither delivered nor set aside.
};

struct PliOfLot {
    RowId id = 0;
    std::string caisse;
    std::string name;
    std::string state;
    std::optional<Hold> hold; ///< Its own.
};

/// Owns one connection and belongs to one thread.
///
/// Jobs of what is held are claimed by nobody; from a worker that has one in hand it is taken away,
/// and what it makes of it thrown away. A delivery in hand is stopped before the GED is called, or
/// comes to its end. What is made later (pages that are taken in, plis that are cut) is held too.
///
/// Every verb throws Error(FixInput) when there is nothing to hold or to let go on by that number,
/// Error(RetryLater) when the database is out of reach.
class Holds {
public:
    explicit Holds(const std::string& url);

    HoldOutcome hold_lot(RowId lot, const HoldOrder& order);
    HoldOutcome resume_lot(RowId lot, const HoldOrder& order);

    /// It is not understood and not delivered; its pages are read, as they are cut into plis
    /// together with the others of the lot.
    HoldOutcome hold_pli(RowId pli, const HoldOrder& order);
    HoldOutcome resume_pli(RowId pli, const HoldOrder& order);

    /// @param caisse Empty: all.
    [[nodiscard]] std::vector<LotInWork> lots_in_work(const std::string& caisse);

    [[nodiscard]] std::vector<PliOfLot> plis_of(RowId lot);

private:
    Connection database_;
};

} // namespace pleiade::store
