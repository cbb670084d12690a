#include "app/cli/commands/progress.h"

#include "app/cli/commands/words.h"

#include <unistd.h>

#include <array>
#include <cstdio>
#include <utility>

namespace pleiade::cli {
namespace {

constexpr std::chrono::minutes between_lines{1}; // chosen: a day of logs stays readable
constexpr const char* fresh_line = "\r\x1b[K";   // spec: ISO 6429, erase in line

std::string rate_text(double pages_per_second) {
    std::array<char, 32> text{};
    (void)std::snprintf(text.data(), text.size(), "%.1f pages/s", pages_per_second);
    return text.data();
}

std::string text_of(const pipeline::Progress& progress) {
    const long all = progress.pages_done + progress.pages_open;
    if (all == 0 && progress.taking_in) {
        return "taking in";
    }
    std::string text = std::to_string(progress.pages_done) + "/" + std::to_string(all) +
                       (progress.taking_in ? "+" : "") + " pages, " +
                       rate_text(progress.pages_per_second) + ", " +
                       counted(progress.documents_delivered, "document") + " delivered, " +
                       set_aside_text(progress.set_aside);
    if (progress.left) {
        text += ", left " + time_text(*progress.left);
    }
    return text;
}

} // namespace

std::string time_text(std::chrono::seconds time) {
    constexpr long seconds_per_minute = 60;
    const long seconds = time.count();
    if (seconds < seconds_per_minute) {
        return std::to_string(seconds) + " s";
    }
    return std::to_string(seconds / seconds_per_minute) + " min " +
           std::to_string(seconds % seconds_per_minute) + " s";
}

ProgressReport::ProgressReport(To to, const Clock& clock, Write write)
    : to_(to), clock_(clock), write_(std::move(write)), last_line_(clock.now()) {}

void ProgressReport::begin(const std::string& what) {
    write_((to_ == To::Terminal ? fresh_line : "") + what + (to_ == To::Terminal ? "" : "\n"));
    last_line_ = clock_.now();
}

void ProgressReport::show(const pipeline::Progress& progress) {
    if (to_ == To::Terminal) {
        write_(fresh_line + text_of(progress));
        return;
    }
    const Instant now = clock_.now();
    if (now - last_line_ >= between_lines) {
        write_(text_of(progress) + "\n");
        last_line_ = now;
    }
}

void ProgressReport::clear() {
    if (to_ == To::Terminal) {
        write_(fresh_line);
    }
}

ProgressReport standard_progress(const Clock& clock) {
    const bool on_terminal = ::isatty(STDERR_FILENO) == 1;
    return {
        on_terminal ? ProgressReport::To::Terminal : ProgressReport::To::Pipe,
        clock,
        [](const std::string& text) {
            std::fputs(text.c_str(), stderr);
            std::fflush(stderr);
        }};
}

} // namespace pleiade::cli
