#include "ocr/forms/cell_verdict.h"
#include "ocr/forms/likely_texts.h"

#include <gtest/gtest.h>

namespace pleiade::ocr {
namespace {

/// A cell that is surely this character.
CellOdds sure(char character) {
    CellOdds odds;
    odds.of[cell_classes.find(character)] = 1.0F;
    return odds;
}

CellOdds torn_between(char one, float share, char other) {
    CellOdds odds;
    odds.of[cell_classes.find(one)] = share;
    odds.of[cell_classes.find(other)] = 1.0F - share;
    return odds;
}

/// A cell behind a stamp: any digit.
CellOdds hidden() {
    CellOdds odds;
    for (char digit = '0'; digit <= '9'; ++digit) {
        odds.of[cell_classes.find(digit)] = 0.1F;
    }
    return odds;
}

std::vector<CellOdds> cells_of(const std::string& text) {
    std::vector<CellOdds> cells;
    for (const char character : text) {
        cells.push_back(sure(character));
    }
    return cells;
}

const std::string nir = "184050608800195";
const std::string corsican = "253072A07300443";

TEST(LikelyTexts, ComeLikeliestFirst) {
    const auto texts =
        likely_texts({torn_between('1', 0.7F, '7'), torn_between('3', 0.6F, '8')}, "dd", 4);
    ASSERT_EQ(texts.size(), 4U);
    EXPECT_EQ(texts[0].text, "13");
    EXPECT_EQ(texts[1].text, "18");
    EXPECT_EQ(texts[2].text, "73");
    EXPECT_EQ(texts[3].text, "78");
    EXPECT_NEAR(texts[1].likelihood, 0.28, 1e-6);
}

TEST(LikelyTexts, HoldLettersOnlyWhereTheShapeAllowsThem) {
    const auto cell = torn_between('A', 0.9F, '4');
    EXPECT_EQ(likely_texts({cell}, "c", 1)[0].text, "A");
    EXPECT_EQ(likely_texts({cell}, "d", 1)[0].text, "4");
}

TEST(CellVerdict, TakesWhatIsSureAndHoldsTheKey) {
    for (const std::string& text : {nir, corsican}) {
        const auto verdict = verdict_of(nir_rule(), Proof::Strong, cells_of(text));
        ASSERT_TRUE(verdict.has_value());
        EXPECT_EQ(verdict->text, text);
        EXPECT_FALSE(verdict->repaired);
    }
}

TEST(CellVerdict, LetsTheKeySayWhatAStampHides) {
    auto cells = cells_of(nir);
    cells[7] = hidden();
    const auto verdict = verdict_of(nir_rule(), Proof::Strong, cells);
    ASSERT_TRUE(verdict.has_value());
    EXPECT_EQ(verdict->text, nir);
}

TEST(CellVerdict, RefusesWhenTwoCellsAreHidden) {
    auto cells = cells_of(nir);
    cells[7] = hidden();
    cells[11] = hidden();
    EXPECT_FALSE(verdict_of(nir_rule(), Proof::Strong, cells).has_value());
}

TEST(CellVerdict, NamesTheRepair) {
    auto cells = cells_of(nir);
    cells[2] = torn_between('9', 0.8F, '4');
    const auto verdict = verdict_of(nir_rule(), Proof::Strong, cells);
    ASSERT_TRUE(verdict.has_value());
    EXPECT_EQ(verdict->text, nir);
    EXPECT_TRUE(verdict->repaired);
    EXPECT_EQ(verdict->repair, "9 read at 3, is 4");
}

TEST(CellVerdict, NeverBendsWhatIsClearlyWritten) {
    auto cells = cells_of("184050608800194"); // the key is 95
    EXPECT_FALSE(verdict_of(nir_rule(), Proof::Strong, cells).has_value());
    cells[14] = torn_between('4', 0.999F, '5');
    EXPECT_FALSE(verdict_of(nir_rule(), Proof::Strong, cells).has_value());
}

TEST(CellVerdict, AsksMoreOfWhatNothingVerifies) {
    auto cells = cells_of(nir.substr(0, 13));
    EXPECT_TRUE(verdict_of(nir_body_rule(), Proof::None, cells).has_value());
    cells[6] = torn_between('4', 0.8F, 'A');
    EXPECT_FALSE(verdict_of(nir_body_rule(), Proof::None, cells).has_value());
}

} // namespace
} // namespace pleiade::ocr
