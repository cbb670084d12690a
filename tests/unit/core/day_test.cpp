#include "core/day.h"

#include <gtest/gtest.h>

namespace pleiade {
namespace {

TEST(Day, IsWrittenAsIso8601AndReadBack) {
    const std::chrono::sys_days day(std::chrono::year(2026) / 3 / 4);
    EXPECT_EQ(iso_day(day), "2026-03-04");
    EXPECT_EQ(day_from_iso("2026-03-04"), day);
}

TEST(Day, IsNothingButADayOfTheCalendarInThatForm) {
    for (const char* text :
         {"", "2026-3-04", "2026-02-29", "2026-13-01", "2026-03-04 ", "2026-03-0x", "26-03-04"}) {
        EXPECT_FALSE(day_from_iso(text)) << text;
    }
    EXPECT_TRUE(day_from_iso("2024-02-29"));
}

} // namespace
} // namespace pleiade
