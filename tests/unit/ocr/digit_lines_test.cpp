#include "comb_page_painter.h"
#include "ocr/forms/character_runs.h"
#include "ocr/forms/digit_lines.h"
#include "ocr/forms/line_identifiers.h"

#include <gtest/gtest.h>

namespace pleiade::ocr {
namespace {

constexpr Box place{300, 500, 2000, 750};

/// Digits under a top line from which ticks hang.
PageImage hanging_ticks(const std::string& digits) {
    test::PagePainter page;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        const double x = 40.0 + 5.0 * static_cast<double>(i);
        page.line(x, 48, x + 5, 48, 0.2);
        page.line(x, 48, x, 50, 0.2);
        page.text(x + 1.4, 54.5, "Helvetica", 12, std::string(1, digits[i]));
    }
    return page.scanned({});
}

std::string text_of(const CharacterRun& run) {
    std::string text;
    for (const SeenCharacter& seen : run) {
        text += seen.odds.best();
    }
    return text;
}

TEST(DigitLines, GiveEveryDigitOnceAndNoTick) {
    const PageImage page = hanging_ticks("184057512345621");
    CellReader cells;
    const auto lines = digit_lines(page, place);
    ASSERT_FALSE(lines.empty());
    const auto runs = runs_along(page, lines[0], 10, cells);
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(text_of(runs[0]), "184057512345621");
}

TEST(DigitLines, FillTheHoleOfACharacterThatWasNotSeen) {
    const PageImage page = hanging_ticks("18405751234 621");
    CellReader cells;
    const DigitLine line = digit_lines(page, place).at(0);
    const auto runs = runs_along(page, line, 10, cells);
    ASSERT_EQ(runs.size(), 1U);
    EXPECT_EQ(with_hole_filled(page, line, runs[0], cells).size(), 15U);
    const PageImage whole = hanging_ticks("184057512345621");
    EXPECT_TRUE(
        with_hole_filled(whole, line, runs_along(whole, line, 10, cells).at(0), cells).empty()
    );
}

std::optional<Identifier> found_on(const PageImage& page) {
    CellReader cells;
    for (const DigitLine& line : digit_lines(page, place)) {
        if (auto found =
                identifier_along(page, line, {IdentifierKind::Nir, IdentifierKind::Siret}, cells)) {
            return found;
        }
    }
    return std::nullopt;
}

TEST(DigitLines, FourteenDigitsAreNotANirWithoutKeyAndOneMore) {
    EXPECT_FALSE(found_on(hanging_ticks("18405751234562")).has_value());
}

TEST(DigitLines, TheNirIsFoundBesideOtherDigits) {
    const auto found = found_on(hanging_ticks("7184050608800195"));
    ASSERT_TRUE(found.has_value());
    EXPECT_EQ(found->value, "184050608800195");
    EXPECT_TRUE(found->valid);
}

TEST(DigitLines, WordsAreNoNumber) {
    test::PagePainter page;
    page.text(40, 54, "Helvetica", 11, "Nous avons bien recu votre demande du mois de mars");
    EXPECT_FALSE(found_on(page.scanned({})).has_value());
}

TEST(SpacedLines, AreFoundOnTheWholePageAndWordsAreNot) {
    test::PagePainter page;
    for (int line = 0; line < 20; ++line) {
        page.text(
            20, 80 + 8 * line, "Helvetica", 11, "Nous avons bien recu votre demande du 14 mars 2026"
        );
    }
    EXPECT_TRUE(spaced_lines(page.scanned({})).empty());
    test::paint_comb(page, 60, 60, {.style = test::CombStyle::Boxes}, "1840506088001");
    const auto lines = spaced_lines(page.scanned({}));
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_NEAR(lines[0].y_px, 60.0 / 25.4 * 300.0, 40.0);
}

} // namespace
} // namespace pleiade::ocr
