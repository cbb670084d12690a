#pragma once
// Signs of life of a run: a line that rewrites itself on a terminal, about a line a minute
// elsewhere.

#include "app/pipeline/run.h"
#include "core/clock.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace pleiade::cli {

/// "5 s", "2 min 3 s".
[[nodiscard]] std::string time_text(std::chrono::seconds time);

class ProgressReport {
public:
    enum class To {
        Terminal,
        Pipe, ///< Or a file: whole lines, and few.
    };
    using Write = std::function<void(const std::string&)>;

    /// @param clock must outlive it.
    ProgressReport(To to, const Clock& clock, Write write);

    /// @param what "3 lots, 40 files".
    void begin(const std::string& what);
    void show(const pipeline::Progress& progress);
    void clear();

private:
    To to_;
    const Clock& clock_;
    Write write_;
    Instant last_line_;
};

/// To the standard error output.
[[nodiscard]] ProgressReport standard_progress(const Clock& clock);

} // namespace pleiade::cli
