#include "app/cli/commands/progress.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace pleiade::cli {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

class ManualClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override { return time; }

    Instant time;
};

/// What is written in `minutes`, asked five times a second.
std::string written(ProgressReport::To to, int minutes, const pipeline::Progress& progress) {
    ManualClock clock;
    std::string all;
    ProgressReport report(to, clock, [&all](const std::string& text) { all += text; });
    report.begin("begins with 1 lot");
    for (const Instant end = clock.time + std::chrono::minutes(minutes); clock.time < end;
         clock.time += 200ms) {
        report.show(progress);
    }
    report.clear();
    return all;
}

const pipeline::Progress some{
    .pages_done = 3, .pages_open = 4, .documents_delivered = 1, .set_aside = 2};

TEST(ProgressReport, IntoAPipeIsALineAtTheStartAndOneAMinute) {
    const std::string line = "3/7 pages, 0.0 pages/s, 1 document delivered, 2 pages or plis set "
                             "aside\n";
    EXPECT_EQ(written(ProgressReport::To::Pipe, 1, some), "begins with 1 lot\n");
    EXPECT_EQ(written(ProgressReport::To::Pipe, 3, some), "begins with 1 lot\n" + line + line);
}

TEST(ProgressReport, OnATerminalRewritesItsLineAndLeavesNoneBehind) {
    const std::string shown = written(ProgressReport::To::Terminal, 1, some);
    EXPECT_THAT(shown, HasSubstr("\r\x1b[K3/7 pages"));
    EXPECT_THAT(shown, Not(HasSubstr("\n")));
    EXPECT_TRUE(shown.ends_with("\r\x1b[K"));
}

TEST(ProgressReport, CountsNoPagesBeforeThereAreAny) {
    const std::string shown =
        written(ProgressReport::To::Terminal, 1, pipeline::Progress{.taking_in = true});
    EXPECT_THAT(shown, HasSubstr("taking in"));
    EXPECT_THAT(shown, Not(HasSubstr("0/0")));
}

} // namespace
} // namespace pleiade::cli
