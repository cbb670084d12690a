#pragma once
// Processor time by step of reading, for `millis` in reports and for the bench. The one place in
// reading that looks at a clock; no result depends on it.

#include "core/page_reading.h"

#include <ctime>
#include <string>
#include <utility>
#include <vector>

namespace pleiade::reader {

class StepTimer {
public:
    explicit StepTimer(std::vector<StepTime>& times) : times_(times), last_(now()) {}
    explicit StepTimer(std::vector<StepTime>&&) = delete;

    /// Books the time since the step before (or the start) under this name.
    void finished(std::string step) {
        const double time = now();
        times_.push_back({std::move(step), time - last_});
        last_ = time;
    }

private:
    /// Milliseconds of processor time of this thread.
    [[nodiscard]] static double now() {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
    }

    std::vector<StepTime>& times_;
    double last_;
};

} // namespace pleiade::reader
