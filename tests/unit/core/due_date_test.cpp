#include "core/due_date.h"

#include <gtest/gtest.h>

namespace pleiade {
namespace {

using namespace std::chrono;

sys_days on(int y, unsigned m, unsigned d) {
    return sys_days(year(y) / month(m) / day(d));
}

Route within(int deadline_days, bool clear_days) {
    return Route{.deadline_days = deadline_days, .clear_days = clear_days};
}

TEST(EasterSunday, IsRightInYearsOfThePublishedTables) {
    EXPECT_EQ(easter_sunday(year(1961)), on(1961, 4, 2));
    EXPECT_EQ(easter_sunday(year(2000)), on(2000, 4, 23));
    EXPECT_EQ(easter_sunday(year(2008)), on(2008, 3, 23));
    EXPECT_EQ(easter_sunday(year(2026)), on(2026, 4, 5));
    EXPECT_EQ(easter_sunday(year(2038)), on(2038, 4, 25));
}

TEST(IsFrenchHoliday, KnowsFixedAndMovableOnes) {
    for (const sys_days day :
         {on(2026, 1, 1),
          on(2026, 4, 6),
          on(2026, 5, 1),
          on(2026, 5, 8),
          on(2026, 5, 14),
          on(2026, 5, 25),
          on(2026, 7, 14),
          on(2026, 8, 15),
          on(2026, 11, 1),
          on(2026, 11, 11),
          on(2026, 12, 25)}) {
        EXPECT_TRUE(is_french_holiday(day)) << day.time_since_epoch().count();
    }
    EXPECT_FALSE(is_french_holiday(on(2026, 4, 3))); // Good Friday: only in Alsace-Moselle
    EXPECT_FALSE(is_french_holiday(on(2026, 4, 5))); // a Sunday like others in the law
}

TEST(DueOn, CalendarDaysAreCountedPlainly) {
    EXPECT_EQ(due_on(on(2026, 3, 2), within(15, false)), on(2026, 3, 17));
    EXPECT_EQ(due_on(on(2026, 3, 2), within(0, false)), on(2026, 3, 2));
}

TEST(DueOn, ClearDaysCountNeitherTheFirstNorTheLastDay) {
    EXPECT_EQ(due_on(on(2026, 3, 2), within(10, true)), on(2026, 3, 13)); // Monday to Friday
}

TEST(DueOn, ClearDaysEndingOnAWeekendMoveToMonday) {
    EXPECT_EQ(due_on(on(2026, 3, 3), within(10, true)), on(2026, 3, 16)); // Saturday the 14th
}

TEST(DueOn, ClearDaysEndingOnGoodWeekendMovePastEasterMonday) {
    EXPECT_EQ(due_on(on(2026, 3, 24), within(10, true)), on(2026, 4, 7)); // Saturday before Easter
}

TEST(DueOn, ClearDaysMovePastAHolidayAndTheWeekendBehindIt) {
    EXPECT_EQ(due_on(on(2026, 4, 30), within(7, true)), on(2026, 5, 11)); // Friday 8 May
}

} // namespace
} // namespace pleiade
