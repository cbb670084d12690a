#pragma once
// How many plis, pages, documents and work items are in which state, kept up to date: what
// dashboards ask. Read by Reports.

#include "store/connection.h"

namespace pleiade::store {

/// Uses one connection, its own or a shared one, and belongs to one thread; any number of processes
/// may add up at once.
class Counters {
public:
    explicit Counters(Connection connection);

    /// Adds what moved since the last time to the counters. Who asks finds the same before and
    /// after, only slower before.
    /// @throws Error(RetryLater) when the database is out of reach or its disk full.
    void add_up();

private:
    Connection database_;
};

} // namespace pleiade::store
