#include "app/pipeline/run_state.h"

#include <gtest/gtest.h>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;

constexpr Instant noon{std::chrono::sys_days(std::chrono::year(2026) / 3 / 16) + 12h};

TEST(Tally, CountsOnlyWhatWentThrough) {
    Tally tally;
    count(store::Finish::LeaseLost, tally.pages);
    EXPECT_EQ(tally.pages, 0);
    count(store::Finish::Committed, tally.pages);
    EXPECT_EQ(tally.pages, 1);
}

TEST(HeldCaisses, AreNamedOnceWithTheFirstReason) {
    HeldCaisses held;
    held.hold("061", {Remedy::RetryLater, "no space left"}, noon);
    held.hold("061", {Remedy::FixConfiguration, "not mounted"}, noon);
    held.hold("201", {Remedy::FixConfiguration, "not mounted"}, noon);
    EXPECT_EQ(held.codes(noon + 24h), (std::vector<std::string>{"061", "201"}));
    EXPECT_EQ(held.all(noon).front().trouble.what, "no space left");
}

TEST(HeldCaisses, AreTriedAgainWhenTheirTimeIsOver) {
    HeldCaisses held(60s);
    held.hold("061", {Remedy::RetryLater, "no space left"}, noon);
    held.hold("201", {Remedy::RetryLater, "no space left"}, noon + 30s);
    EXPECT_EQ(held.codes(noon + 59s), (std::vector<std::string>{"061", "201"}));
    EXPECT_EQ(held.codes(noon + 60s), std::vector<std::string>{"201"});
    held.hold("061", {Remedy::RetryLater, "still none"}, noon + 61s);
    EXPECT_EQ(held.codes(noon + 89s), (std::vector<std::string>{"201", "061"}));
    EXPECT_EQ(held.all(noon + 100s).front().trouble.what, "still none");
}

TEST(JobStreak, IsOfDifferentJobsAndEndsWhenOneIsDone) {
    JobStreak crashes;
    (void)crashes.add(7);
    EXPECT_EQ(crashes.add(7).size(), 1U);
    EXPECT_EQ(crashes.add(8).size(), 2U);
    crashes.end();
    EXPECT_EQ(crashes.add(9), std::vector<RowId>{9});
}

TEST(OpenDoors, AreSaidOnceHoweverManyReadersHaveThemAndWithWhatToDo) {
    OpenDoors doors;
    EXPECT_TRUE(doors.remarks().empty());
    doors.note({{"it can read every file", "start another kernel"}});
    doors.note({{"it can read every file", "start another kernel"}});
    doors.note({});
    ASSERT_EQ(doors.remarks().size(), 1U);
    EXPECT_NE(doors.remarks().front().find("it can read every file"), std::string::npos);
    EXPECT_NE(doors.remarks().front().find("start another kernel"), std::string::npos);
}

} // namespace
} // namespace pleiade::pipeline
