#include "app/pipeline/try_again.h"

#include <gtest/gtest.h>

namespace pleiade::pipeline {
namespace {

using namespace std::chrono_literals;

static_assert(back_off(0, 5s, 10min) == 5s);
static_assert(back_off(1, 5s, 10min) == 5s);
static_assert(back_off(2, 5s, 10min) == 10s);
static_assert(back_off(1'000'000, 5s, 10min) == 10min);
static_assert(back_off(3, 1min, 30s) == 30s);

TEST(WaitAfter, GrowsToABoundAndGivesTheTriesHalfAnHour) {
    std::chrono::seconds all{0};
    for (int attempt = 1; attempt < most_attempts; ++attempt) {
        EXPECT_GE(wait_after(attempt + 1), wait_after(attempt));
        all += wait_after(attempt);
    }
    EXPECT_EQ(wait_after(most_attempts), 10min);
    EXPECT_GT(all, 25min);
    EXPECT_LT(all, 35min);
}

} // namespace
} // namespace pleiade::pipeline
