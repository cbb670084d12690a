#include "app/learning/curve.h"

#include <gtest/gtest.h>

namespace pleiade::learning {
namespace {

std::vector<Judged> some() {
    return {
        {"AAT", "AAT", 0.99, true},
        {"DAT", "DAT", 0.98, true},
        {"RIB", "PJ-ID", 0.90, false},
        {"FSP", "FSP", 0.80, false},
        {"INCONNU", "INCONNU", 0.99, false},
        {"AAT", "INCONNU", 0.99, false}};
}

TEST(Curve, LeavesToTheMachineWhatIsSurestFirst) {
    const std::vector<CurvePoint> curve = curve_of(some());
    ASSERT_EQ(curve.size(), 4U);
    EXPECT_EQ(curve[0].automatic, 1U);
    EXPECT_EQ(curve[1].wrong, 0U);
    EXPECT_EQ(curve[2].wrong, 1U);
    EXPECT_DOUBLE_EQ(curve[2].threshold, 0.90);
    EXPECT_DOUBLE_EQ(curve[3].automation(), 4.0 / 6.0);
}

TEST(Curve, NeverCountsUnknownMailAsAutomatic) {
    EXPECT_EQ(curve_of(some()).back().automatic, 4U);
    EXPECT_EQ(curve_of(some()).back().all, 6U);
}

TEST(Curve, DocumentsOfOneConfidenceAreOnePoint) {
    const std::vector<CurvePoint> curve =
        curve_of({{"AAT", "AAT", 0.9, true}, {"DAT", "AAT", 0.9, true}});
    ASSERT_EQ(curve.size(), 1U);
    EXPECT_EQ(curve[0].automatic, 2U);
    EXPECT_EQ(curve[0].wrong, 1U);
}

TEST(Curve, ChoosesTheThresholdOfMostAutomationForAnError) {
    const std::vector<CurvePoint> curve = curve_of(some());
    EXPECT_DOUBLE_EQ(point_for(curve, 0.0)->threshold, 0.98);
    EXPECT_DOUBLE_EQ(point_for(curve, 0.25)->threshold, 0.80);
    EXPECT_FALSE(point_for(curve_of({{"AAT", "DAT", 0.9, true}}), 0.1).has_value());
}

TEST(Curve, SaysHowHighTheErrorMayStillBe) {
    EXPECT_NEAR(share_at_most(0, 3000), 0.000998, 0.00001); // the rule of three
    EXPECT_NEAR(share_at_most(5, 5000), 0.0021, 0.0001);
    EXPECT_DOUBLE_EQ(share_at_most(4, 4), 1.0);
}

TEST(Curve, IsDrawnAsAPictureWithTheWantedError) {
    const std::string svg = svg_of(curve_of(some()), 0.001);
    EXPECT_TRUE(svg.starts_with("<svg "));
    EXPECT_NE(svg.find("<path"), std::string::npos);
    EXPECT_NE(svg.find("<circle"), std::string::npos);
    EXPECT_TRUE(svg_of({}, 0.001).ends_with("</svg>\n"));
}

} // namespace
} // namespace pleiade::learning
