#pragma once
// Where time comes from. Passed in, so that tests need not wait and decisions can be replayed.

#include <chrono>

namespace pleiade {

using Instant = std::chrono::sys_time<std::chrono::microseconds>; ///< UTC.

class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    Clock(Clock&&) = delete;
    Clock& operator=(Clock&&) = delete;
    virtual ~Clock() = default;

    [[nodiscard]] virtual Instant now() const = 0;
};

/// The clock of the machine.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override {
        return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
    }
};

} // namespace pleiade
