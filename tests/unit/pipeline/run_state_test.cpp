#include "app/pipeline/run_state.h"

#include <gtest/gtest.h>

namespace pleiade::pipeline {
namespace {

TEST(Tally, CountsOnlyWhatWentThrough) {
    Tally tally;
    count(store::Finish::LeaseLost, tally.pages);
    EXPECT_EQ(tally.pages, 0);
    count(store::Finish::Committed, tally.pages);
    EXPECT_EQ(tally.pages, 1);
}

TEST(HeldCaisses, AreNamedOnceWithTheFirstReason) {
    HeldCaisses held;
    held.hold("061", {Remedy::RetryLater, "no space left"});
    held.hold("061", {Remedy::FixConfiguration, "not mounted"});
    held.hold("201", {Remedy::FixConfiguration, "not mounted"});
    EXPECT_EQ(held.codes(), (std::vector<std::string>{"061", "201"}));
    EXPECT_EQ(held.all().front().trouble.what, "no space left");
}

TEST(CrashStreak, IsOfDifferentJobsAndEndsWhenAReaderDoesItsWork) {
    CrashStreak crashes;
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
