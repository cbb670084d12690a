#include "app/learning/judge.h"

#include <gtest/gtest.h>

namespace pleiade::learning {
namespace {

TEST(Outcomes, AreFourWaysByTrueType) {
    const OutcomesByType outcomes = outcomes_of(
        {{"AAT", "AAT", 0.99, true},
         {"AAT", "AAT", 0.7, false},
         {"AAT", "DAT", 0.99, true},
         {"DAT", "AAT", 0.4, false}}
    );
    EXPECT_EQ(outcomes.at("AAT").right_sure, 1U);
    EXPECT_EQ(outcomes.at("AAT").right_unsure, 1U);
    EXPECT_EQ(outcomes.at("AAT").wrong_sure, 1U);
    EXPECT_EQ(outcomes.at("DAT").wrong_unsure, 1U);
    EXPECT_EQ(sum_of(outcomes).all(), 4U);
}

TEST(Outcomes, AreWorseWithMoreWrongAndSureOrFewerRight) {
    const Outcomes before{.right_sure = 90, .right_unsure = 5, .wrong_sure = 1, .wrong_unsure = 4};
    EXPECT_TRUE(why_worse(before, before).empty());
    EXPECT_FALSE(
        why_worse(before, {.right_sure = 92, .right_unsure = 5, .wrong_sure = 2, .wrong_unsure = 1})
            .empty()
    );
    EXPECT_FALSE(
        why_worse(before, {.right_sure = 90, .right_unsure = 4, .wrong_sure = 1, .wrong_unsure = 5})
            .empty()
    );
    EXPECT_FALSE(why_worse(
                     before,
                     {.right_sure = 50, .right_unsure = 45, .wrong_sure = 0, .wrong_unsure = 5}
    )
                     .empty());
    EXPECT_TRUE(
        why_worse(before, {.right_sure = 92, .right_unsure = 4, .wrong_sure = 0, .wrong_unsure = 4})
            .empty()
    );
}

} // namespace
} // namespace pleiade::learning
