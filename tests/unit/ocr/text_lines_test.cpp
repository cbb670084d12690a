#include "ocr/lines/leaders.h"
#include "ocr/lines/text_lines.h"
#include "tests/support/page_painter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace pleiade::ocr {
namespace {

using test::PagePainter;

constexpr double px_per_mm = 300 / 25.4;

/// Heights of the baselines in millimetres, in reading order.
std::vector<int> baselines_mm(const std::vector<FoundLine>& lines) {
    std::vector<int> heights;
    for (const FoundLine& line : lines) {
        heights.push_back(
            static_cast<int>(std::lround(line.segments.front().baseline_y0_px / px_per_mm))
        );
    }
    return heights;
}

void rule(PageImage& page, Box box) {
    for (int y = box.y0; y < box.y1; ++y) {
        std::fill_n(page.pixels.begin() + y * page.width_px + box.x0, box.width(), std::uint8_t{0});
    }
}

TEST(TextLines, AreFoundFromTopToBottomOnTheirBaselines) {
    PagePainter painter({.seed = 3});
    for (const double y : {40.0, 60.0, 80.0}) {
        painter.line(20, y, "une ligne de texte imprime sur la page", 3.0);
    }
    EXPECT_EQ(baselines_mm(find_text(painter.grey()).lines), (std::vector<int>{40, 60, 80}));
}

TEST(TextLines, RulesAndBoxesAreNone) {
    PagePainter painter({.seed = 4});
    painter.line(20, 50, "nom et prenom", 3.0);
    PageImage page = painter.grey();
    rule(page, {200, 520, 2200, 524});
    rule(page, {200, 620, 2200, 624});
    rule(page, {200, 520, 204, 624});
    rule(page, {2196, 520, 2200, 624});
    const std::vector<FoundLine> lines = find_text(page).lines;
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_LT(lines[0].segments[0].place.x1_px, 1400) << "the rule was taken for text";
}

/// @returns where the dots end.
int dotted(PageImage& page, int from_px, int y_px, int count) {
    constexpr int pitch_px = 15;
    constexpr int dot_px = 4;
    for (int i = 0; i < count; ++i) {
        const int x = from_px + i * pitch_px;
        rule(page, {x, y_px, x + dot_px, y_px + dot_px});
    }
    return from_px + count * pitch_px;
}

TEST(TextLines, DotsThatLeadToTheMarginAreNotPartOfALine) {
    PagePainter painter({.seed = 4});
    painter.line(20, 50, "nom et prenom", 3.0);
    const PageImage bare = painter.grey();
    const double end_px = find_text(bare).lines.at(0).segments.at(0).place.x1_px;
    PageImage page = bare;
    const int y_px = static_cast<int>(50 * px_per_mm) + 2;
    const int last_px = dotted(page, static_cast<int>(end_px) + 10, y_px, 80);
    dotted(page, 300, y_px + 16, 40); // and dots to write upon, below the words
    const FoundText found = find_text(page);
    ASSERT_EQ(found.lines.size(), 1U);
    EXPECT_NEAR(found.lines[0].segments[0].place.x1_px, end_px, 12.0);
    EXPECT_EQ(found.leaders_px.size(), 120U);
    const PageImage cleared = without(found.leaders_px, page);
    for (int x = 0; x < last_px; ++x) {
        for (int y = y_px - 40; y < y_px + 30; ++y) {
            const auto at = static_cast<std::size_t>(y * page.width_px + x);
            ASSERT_NEAR(cleared.pixels[at], bare.pixels[at], 40) << "at " << x << "," << y;
        }
    }
}

TEST(TextLines, ThePointOfANumberBehindLeadersIsNoneOfThem) {
    PagePainter painter({.seed = 4});
    painter.line(20, 50, "montant", 3.0);
    PageImage page = painter.grey();
    const int y_px = static_cast<int>(50 * px_per_mm);
    const int end_px = dotted(page, 600, y_px, 40);
    dotted(page, end_px + 45, y_px, 1); // three places behind the last dot, at its height
    EXPECT_EQ(find_text(page).leaders_px.size(), 40U);
}

TEST(TextLines, AGroundOfDotsIsNoLeader) {
    PagePainter painter({.seed = 4});
    PageImage page = painter.grey();
    for (int row = 0; row < 20; ++row) {
        dotted(page, 600, 600 + 15 * row, 60);
    }
    EXPECT_TRUE(find_text(page).leaders_px.empty());
}

TEST(TextLines, AnEllipsisIsNoLeader) {
    PagePainter painter({.seed = 4});
    painter.line(20, 50, "nom et prenom", 3.0);
    PageImage page = painter.grey();
    dotted(page, 1400, static_cast<int>(50 * px_per_mm), 5);
    EXPECT_TRUE(find_text(page).leaders_px.empty());
}

TEST(TextLines, ASlopingLineIsFollowed) {
    PagePainter painter({.seed = 5});
    painter.line(20, 100, "une ligne qui descend un peu vers la droite de la page", 3.0);
    painter.skew(0.8);
    const std::vector<FoundLine> lines = find_text(painter.grey()).lines;
    ASSERT_EQ(lines.size(), 1U);
    const LinePlace& place = lines[0].segments[0].place;
    const double slope = place.drop_at(place.x1_px) / (place.x1_px - place.x0_px);
    EXPECT_NEAR(slope, std::tan(0.8 * 3.14159265 / 180), 0.003);
}

TEST(TextLines, LabelsAndValuesOfAFormStayOnOneLine) {
    PagePainter painter({.seed = 6});
    for (int i = 0; i < 8; ++i) {
        painter.line(15, 40 + 12 * i, "intitule de la rubrique", 3.0);
        painter.line(120, 40 + 12 * i, "valeur de la rubrique", 3.0);
    }
    const std::vector<FoundLine> lines = find_text(painter.grey()).lines;
    ASSERT_EQ(lines.size(), 8U);
    for (const FoundLine& line : lines) {
        EXPECT_EQ(line.segments.size(), 2U);
    }
}

TEST(TextLines, ColumnsOfTextAreReadOneAfterTheOther) {
    PagePainter painter({.seed = 7});
    for (int i = 0; i < 10; ++i) {
        painter.line(12, 40 + 6 * i, "le texte de la premiere colonne va", 2.5);
        painter.line(112, 43 + 6 * i, "le texte de la seconde colonne va", 2.5);
    }
    const std::vector<FoundLine> lines = find_text(painter.grey()).lines;
    ASSERT_EQ(lines.size(), 20U);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        EXPECT_EQ(lines[i].segments.front().box_px.x0 < 1200, i < 10) << "line " << i;
    }
}

TEST(TextLines, LightPrintOnADarkBandIsALine) {
    PagePainter painter({.seed = 8});
    painter.line(60, 100, "rubrique numero deux", 3.0);
    PageImage page = painter.grey();
    const Box band{300, static_cast<int>(93 * px_per_mm), 2200, static_cast<int>(103 * px_per_mm)};
    for (int y = band.y0; y < band.y1; ++y) {
        for (int x = band.x0; x < band.x1; ++x) {
            auto& pixel = page.pixels[static_cast<std::size_t>(y * page.width_px + x)];
            pixel = static_cast<std::uint8_t>(255 - pixel);
        }
    }
    EXPECT_EQ(baselines_mm(find_text(page).lines), (std::vector<int>{100}));
}

TEST(TextLines, ABlankPageWithDustHasNone) {
    PagePainter painter({.seed = 9});
    painter.dust(150).noise(4);
    EXPECT_TRUE(find_text(painter.grey()).lines.empty());
}

TEST(TextLines, ThereIsNothingOnAPageWithoutPixels) {
    EXPECT_TRUE(find_text({}).lines.empty());
}

} // namespace
} // namespace pleiade::ocr
