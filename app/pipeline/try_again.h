#pragma once
// A job that could not be done now, and is not to blame for sure: when it is tried again, and after
// how many tries no more.

#include "app/pipeline/steps.h"

#include <algorithm>
#include <chrono>
#include <string>

namespace pleiade::pipeline {

/// Doubled with every failure after the first, up to a bound.
[[nodiscard]] constexpr std::chrono::seconds
back_off(int failures, std::chrono::seconds first, std::chrono::seconds most) {
    std::chrono::seconds wait = first;
    for (int i = 1; i < failures && wait < most; ++i) {
        wait *= 2;
    }
    return std::min(wait, most);
}

constexpr int most_attempts = 10; // chosen: half an hour in all; what lasts longer needs a person

/// How long a job waits after its `attempt`th try.
[[nodiscard]] constexpr std::chrono::seconds wait_after(int attempt) {
    using namespace std::chrono_literals;
    return back_off(attempt, 5s, 10min); // chosen: past a hiccup at once, and never idle for long
}

/// Later, or never: then the job and what it is about are set aside with the reason.
void try_again_later(const store::Job& job, const std::string& reason, Tools& tools);

} // namespace pleiade::pipeline
