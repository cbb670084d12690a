#include "app/learning/true_error.h"

#include <gtest/gtest.h>

namespace pleiade::learning {
namespace {

store::KeyedSample sample(const std::string& type, const std::string& true_type) {
    return {.sample = 1, .type = type, .true_type = true_type, .fields = {}, .true_fields = {}};
}

TEST(TrueError, CountsByWhatTheMachineSaidAndInWhichWayItWasWrong) {
    store::KeyedSample pages = sample("AAT", "AAT");
    pages.pages_said = true;
    pages.same_pages = false;
    store::KeyedSample unsaid = pages;
    unsaid.pages_said = false;
    store::KeyedSample both = sample("DAT", "AAT");
    both.fields = {{"nir", "184050608800195"}};
    both.true_fields = {{"nir", "285039935000169"}};
    const ErrorReport report = true_error(
        {.samples = {sample("AAT", "AAT"), pages, unsaid, both},
         .counts = {{"AAT", 90, 5}, {"DAT", 10, 1}, {"RIB", 3, 0}}}
    );
    EXPECT_EQ(report.all.automatic, 103U);
    EXPECT_EQ(report.all.chosen, 6U);
    EXPECT_EQ(report.all.keyed, 4U);
    EXPECT_EQ(report.all.wrong, 2U);
    EXPECT_EQ(report.types.at("AAT").keyed, 3U);
    EXPECT_EQ(report.types.at("AAT").wrong_pages, 1U);
    EXPECT_EQ(report.types.at("DAT").wrong_type, 1U);
    EXPECT_EQ(report.types.at("DAT").wrong_fields, 1U);
    EXPECT_EQ(report.types.at("DAT").wrong, 1U);
    EXPECT_EQ(report.types.at("RIB").keyed, 0U);
    EXPECT_DOUBLE_EQ(report.all.error(), 0.5);
}

TEST(TrueError, FieldsThatNobodyKeyedAreNotJudged) {
    store::KeyedSample each = sample("AAT", "AAT");
    each.fields = {{"nir", "184050608800195"}, {"act", "A"}, {"act", "B"}};
    EXPECT_EQ(true_error({.samples = {each}, .counts = {}}).all.wrong, 0U);
    each.true_fields = {{"act", "B"}, {"act", "a"}, {"birth_date", ""}};
    EXPECT_EQ(true_error({.samples = {each}, .counts = {}}).all.wrong, 0U);
    each.true_fields = {{"act", "A"}};
    EXPECT_EQ(true_error({.samples = {each}, .counts = {}}).all.wrong_fields, 1U);
    each.true_fields = {{"nir", ""}}; // stands nowhere
    EXPECT_EQ(true_error({.samples = {each}, .counts = {}}).all.wrong_fields, 1U);
    each.true_fields = {{"siret", "73282932000074"}}; // and was not found
    EXPECT_EQ(true_error({.samples = {each}, .counts = {}}).all.wrong_fields, 1U);
}

TEST(SameValue, IsWhatTwoPeopleWouldCallTheSame) {
    EXPECT_TRUE(same_value("1 84 05 06 088 001 95", "184050608800195"));
    EXPECT_TRUE(same_value("184050608800195", "1840506088001"));
    EXPECT_TRUE(same_value("2 85 03 2A 350 001", "285032a350001"));
    EXPECT_TRUE(same_value("14/3/2026", "2026-03-14"));
    EXPECT_TRUE(same_value("1 234,50 €", "1234.50"));
    EXPECT_TRUE(same_value("1234.5", "1234,50"));
    EXPECT_TRUE(same_value("1234,00", "1234"));
    EXPECT_TRUE(same_value("Martinello  Lucette", "MARTINELLO LUCETTE"));
    EXPECT_FALSE(same_value("12,50", "1250"));
    EXPECT_FALSE(same_value("184050608800195", "184050608800295"));
    EXPECT_FALSE(same_value("2026-03-14", "2026-04-13"));
    EXPECT_FALSE(same_value("Hélène", "Helene"));
}

TEST(ShareBetween, IsTheExactInterval) {
    // Source: tables of Clopper and Pearson, 95 % two-sided.
    EXPECT_NEAR(share_between(0, 10).most, 0.3085, 0.0001);
    EXPECT_DOUBLE_EQ(share_between(0, 10).least, 0.0);
    EXPECT_NEAR(share_between(1, 10).least, 0.0025, 0.0001);
    EXPECT_NEAR(share_between(1, 10).most, 0.4450, 0.0001);
    EXPECT_NEAR(share_between(5, 10).least, 0.1871, 0.0001);
    EXPECT_NEAR(share_between(10, 10).least, 0.6915, 0.0001);
    EXPECT_DOUBLE_EQ(share_between(10, 10).most, 1.0);
    EXPECT_DOUBLE_EQ(share_between(0, 0).most, 1.0);
}

} // namespace
} // namespace pleiade::learning
