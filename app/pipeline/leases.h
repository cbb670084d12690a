#pragma once
// Keeps the leases of workers alive: a thread with a connection of its own, beside them until the
// last one has finished what it has in hand, also when that was asked to stop.

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace pleiade::pipeline {

constexpr int heartbeats_per_lease = 4; // chosen: three may be lost before a lease is

class Leases {
public:
    /// Begins at once; ends when it goes. While the database is away it asks again and again: the
    /// workers find out too, and say so.
    Leases(std::string url, std::vector<std::string> workers, std::chrono::milliseconds lease);

private:
    std::jthread thread_;
};

} // namespace pleiade::pipeline
