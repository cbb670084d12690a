#pragma once
// Ctrl-C and SIGTERM as a stop request instead of a sudden end.

#include <memory>
#include <stop_token>
#include <string>

namespace pleiade::cli {

/// While it lives, SIGINT and SIGTERM request a stop; a second one ends the process at once, and
/// with it the database server if it started one. Both say so.
///
/// Make it before any other thread: they inherit the blocked signals.
class StopOnSignal {
public:
    /// @param ended_at_once What is said at the second one, without a full stop.
    explicit StopOnSignal(
        const std::string& ended_at_once = "stopped at once, the database with it. Nothing is "
                                           "lost: the same command goes on where "
                                           "it stopped"
    );
    ~StopOnSignal();
    StopOnSignal(const StopOnSignal&) = delete;
    StopOnSignal& operator=(const StopOnSignal&) = delete;
    StopOnSignal(StopOnSignal&&) = delete;
    StopOnSignal& operator=(StopOnSignal&&) = delete;

    [[nodiscard]] std::stop_token token() const;

private:
    struct Watcher; // keeps threads and signal masks out of this header
    std::unique_ptr<Watcher> watcher_;
};

} // namespace pleiade::cli
