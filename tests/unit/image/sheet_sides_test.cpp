#include "capture/image/sheet_sides.h"
#include "tests/support/page_painter.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace pleiade::image {
namespace {

using test::PagePainter;

// What a preview has; decisions are made on those.
constexpr PagePainter::Sheet sheet{.dpi = 100};

PagePainter separator() {
    PagePainter painter(sheet);
    painter.barcode(60.0, 25.0).line(45.0, 90.0, "NOUVEAU PLI", 12.0).squares(85.0, 150.0);
    return painter;
}

PagePainter back_of(const PagePainter& front, double strength) {
    PagePainter painter(sheet);
    painter.shine_through(front, strength);
    return painter;
}

bool shines_through(const PagePainter& front, const PagePainter& back) {
    return only_shines_through({front.grey()}, {back.grey()});
}

TEST(SheetSides, TheFrontShiningThroughSaysNothing) {
    EXPECT_TRUE(shines_through(separator(), back_of(separator(), 0.4).noise(4.0)));
}

TEST(SheetSides, TheBackMayLieTurnedAndSkewed) {
    EXPECT_TRUE(shines_through(separator(), back_of(separator(), 0.4).skew(4.0).turn(180)));
    EXPECT_TRUE(shines_through(separator(), back_of(separator(), 0.4).turn(90)));
}

TEST(SheetSides, ASignatureUponItIsSeen) {
    EXPECT_FALSE(shines_through(separator(), back_of(separator(), 0.4).signature(70.0, 165.0, 90)));
}

TEST(SheetSides, ALineOfSmallTypeUponItIsSeen) {
    EXPECT_FALSE(shines_through(
        separator(), back_of(separator(), 0.4).line(60.0, 230.0, "lu et approuve", 2.0)
    ));
}

TEST(SheetSides, SmallTypeUponACodeThatShinesThroughIsSeen) {
    PagePainter front({.dpi = 200});
    front.squares(85.0, 150.0).line(45.0, 90.0, "NOUVEAU PLI", 12.0);
    PagePainter back({.dpi = 200});
    back.shine_through(front, 0.38);
    EXPECT_TRUE(shines_through(front, back));
    back.line(95.0, 160.0, "lu et approuve", 1.6)
        .line(95.0, 164.0, "le 3 mars 2026", 1.6)
        .line(95.0, 168.0, "a Digne", 1.6);
    EXPECT_FALSE(shines_through(front, back));
}

TEST(SheetSides, ThePrintOfTheFrontItselfIsNoBleedThrough) {
    EXPECT_FALSE(shines_through(separator(), separator()));
}

TEST(SheetSides, AnotherSheetShinesThroughNowhere) {
    PagePainter letter(sheet);
    letter.paragraphs(40.0, 240.0);
    EXPECT_FALSE(shines_through(letter, back_of(separator(), 0.4)));
    EXPECT_FALSE(shines_through(separator(), letter));
}

TEST(SheetSides, ABareFrontExplainsNothing) {
    EXPECT_FALSE(shines_through(PagePainter(sheet), separator()));
}

TEST(SheetSides, ASideWithoutPixelsIsABug) {
    EXPECT_THROW((void)only_shines_through({}, {separator().grey()}), std::logic_error);
}

} // namespace
} // namespace pleiade::image
