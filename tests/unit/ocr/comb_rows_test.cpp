#include "comb_page_painter.h"
#include "ocr/forms/comb_rows.h"
#include "ocr/forms/comb_series.h"

#include <gtest/gtest.h>

namespace pleiade::ocr {
namespace {

using test::CombLook;
using test::CombStyle;
using test::PagePainter;
using test::paint_comb;

std::vector<std::size_t> cell_counts(const PageImage& page) {
    std::vector<std::size_t> counts;
    for (const CombRow& row : find_comb_rows(page)) {
        counts.push_back(row.cells_px.size());
    }
    return counts;
}

TEST(CombSeries, BridgesOneMissingWall) {
    const auto series = regular_series({10, 40, 70, 130, 160}, {20, 60, 3});
    ASSERT_FALSE(series.empty());
    EXPECT_EQ(series[0].cells(), 5);
    EXPECT_NEAR(series[0].walls[3], 100, 1);
}

TEST(CombSeries, IgnoresStrokesBetweenTheWalls) {
    const auto series = regular_series({10, 22, 40, 70, 83, 100, 130}, {20, 60, 3});
    ASSERT_FALSE(series.empty());
    EXPECT_EQ(series[0].cells(), 4);
}

TEST(CombSeries, OfNothingIsEmpty) {
    EXPECT_TRUE(regular_series({}, {20, 60, 3}).empty());
    EXPECT_TRUE(regular_series({10, 500}, {20, 60, 3}).empty());
}

TEST(CombRows, OfEveryStyleAndShadeAreFoundOnAskewNoisyPage) {
    for (const CombStyle style : {CombStyle::Ticks, CombStyle::Boxes, CombStyle::SeparateBoxes}) {
        for (const double grey : {0.0, 0.65}) {
            for (const double skew : {-0.5, 0.0, 0.5}) {
                PagePainter page;
                const CombLook look{.style = style, .grey = grey};
                const double end = paint_comb(page, 30, 60, look, "1840506088001");
                paint_comb(page, end + 3, 60, look, "95");
                paint_comb(page, 30, 90, look, "14032026");
                const auto counts = cell_counts(page.scanned({.skew_deg = skew, .noise = 5}));
                EXPECT_EQ(counts, (std::vector<std::size_t>{15, 8}))
                    << static_cast<int>(style) << ' ' << grey << ' ' << skew;
            }
        }
    }
}

TEST(CombRows, SetInTheUsualGroupsOfANirAreOneRowHoweverNarrowTheGaps) {
    const std::vector<std::string> groups{"1", "84", "05", "06", "088", "001", "95"};
    for (const CombStyle style : {CombStyle::Ticks, CombStyle::Boxes}) {
        for (const double gap_mm : {1.0, 2.0, 3.0}) {
            PagePainter page;
            const CombLook look{.style = style};
            double x = 30;
            for (const std::string& group : groups) {
                x = paint_comb(page, x, 60, look, group) + gap_mm;
            }
            EXPECT_EQ(cell_counts(page.scanned({})), (std::vector<std::size_t>{15}))
                << static_cast<int>(style) << ' ' << gap_mm;
        }
    }
}

TEST(CombRows, OfAKeyWithNarrowerCellsGoOnFromTheirBody) {
    PagePainter page;
    const double end = paint_comb(page, 30, 60, {.style = CombStyle::Boxes}, "1840506088001");
    paint_comb(page, end + 2, 60, {.style = CombStyle::Boxes, .pitch_mm = 3.7}, "95");
    EXPECT_EQ(cell_counts(page.scanned({})), (std::vector<std::size_t>{15}));
}

TEST(CombRows, CellsLieWhereTheyWerePainted) {
    PagePainter page;
    paint_comb(page, 30, 60, {.style = CombStyle::Ticks}, "12345678");
    const auto rows = find_comb_rows(page.scanned({}));
    ASSERT_EQ(rows.size(), 1U);
    const double px_per_mm = 300 / 25.4;
    EXPECT_NEAR(rows[0].box_px.x0, 30 * px_per_mm, 4);
    EXPECT_NEAR(rows[0].box_px.y1, 60 * px_per_mm, 5);
    EXPECT_NEAR(rows[0].pitch_px, 4.9 * px_per_mm, 1);
}

TEST(CombRows, AreNotSeenInTextTablesAndFrames) {
    PagePainter page;
    for (int i = 0; i < 20; ++i) {
        page.text(
            20,
            30 + 6 * i,
            "Times-Roman",
            11,
            "Veuillez trouver ci-joint les documents illisibles 1111 HIMILIUM"
        );
        page.line(20, 31 + 6 * i, 190, 31 + 6 * i, 0.0);
    }
    for (int column = 0; column < 5; ++column) {
        page.line(20 + 35 * column, 170, 20 + 35 * column, 250, 0.0);
    }
    page.line(20, 250, 160, 250, 0.0);
    EXPECT_TRUE(cell_counts(page.scanned({.noise = 5})).empty());
}

TEST(CombRows, OfAnEmptyPageAreNone) {
    EXPECT_TRUE(find_comb_rows(PageImage{}).empty());
}

} // namespace
} // namespace pleiade::ocr
