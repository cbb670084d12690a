#include "capture/image/page_cleaner.h"
#include "tests/support/page_painter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace pleiade::image {
namespace {

using test::PagePainter;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

// Half the usual resolution keeps these tests quick; decisions are made at 150 dpi anyway.
constexpr PagePainter::Sheet sheet{.dpi = 150};

PagePainter letter() {
    PagePainter painter(sheet);
    painter.line(120.0, 50.0, "Jeanne Exemple", 3.0).paragraphs(80.0, 220.0);
    return painter;
}

CleanPage cleaned(PageImage page, const CleanSettings& settings) {
    return PageCleaner().clean(std::move(page), settings);
}

bool blank(const PageImage& page) {
    return cleaned(page, {}).blank;
}

TEST(Blank, BarePaperIsBlank) {
    EXPECT_TRUE(blank(PagePainter(sheet).noise(3.0).grey()));
    EXPECT_TRUE(blank(PagePainter(sheet).bitonal()));
}

TEST(Blank, YellowishPaperIsBlank) {
    EXPECT_TRUE(blank(PagePainter(sheet).noise(4.0).colour(235, 220, 170)));
}

TEST(Blank, PunchAndStapleHolesAreBlank) {
    EXPECT_TRUE(blank(PagePainter(sheet).punch_holes().staple_holes().grey()));
    EXPECT_TRUE(blank(PagePainter(sheet).punch_holes().staple_holes().bitonal()));
    EXPECT_TRUE(blank(PagePainter(sheet).punch_holes(140).grey()));
}

TEST(Blank, DustIsBlank) {
    for (unsigned seed = 1; seed <= 5; ++seed) {
        PagePainter::Sheet dusty = sheet;
        dusty.seed = seed;
        EXPECT_TRUE(blank(PagePainter(dusty).dust(80).noise(3.0).grey())) << seed;
    }
}

TEST(Blank, StreaksAndFoldsAreBlank) {
    EXPECT_TRUE(blank(PagePainter(sheet).streak(70.0).streak(133.0).grey()));
    EXPECT_TRUE(blank(PagePainter(sheet).fold(99.0).fold(198.0).grey()));
}

TEST(Blank, WritingPaperIsBlank) {
    for (const double step_mm : {5.0, 7.3, 10.0}) {
        EXPECT_TRUE(blank(PagePainter(sheet).ruled(step_mm, 120, true).noise(3.0).grey()));
        EXPECT_TRUE(blank(PagePainter(sheet).ruled(step_mm, 150, true).skew(1.7).grey()));
        EXPECT_TRUE(blank(PagePainter(sheet).ruled(step_mm, 150).skew(-2.4).grey())) << step_mm;
    }
    EXPECT_TRUE(blank(PagePainter(sheet).ruled(5.0, 120, true).bitonal(150)));
}

TEST(Blank, AFewWordsOnWritingPaperAreNotBlank) {
    for (const double y_mm : {140.0, 141.0, 142.5, 144.0}) {
        EXPECT_FALSE(blank(PagePainter(sheet)
                               .ruled(5.0, 150, true)
                               .line(60.0, y_mm, "lu et approuve", 1.6)
                               .line(60.0, y_mm + 4.0, "le 3 mars 2026", 1.6)
                               .skew(1.0)
                               .noise(3.0)
                               .grey())
        ) << y_mm;
    }
    EXPECT_FALSE(blank(PagePainter(sheet).ruled(5.0, 150, true).signature(60.0, 200.0).grey()));
    EXPECT_FALSE(blank(PagePainter(sheet).ruled(8.0, 150).line(60.0, 140.0, "Merci").grey()));
}

TEST(Blank, BleedThroughIsBlank) {
    EXPECT_TRUE(blank(PagePainter(sheet).bleed_through(30).noise(3.0).grey()));
    EXPECT_TRUE(blank(PagePainter(sheet).bleed_through(45).noise(3.0).grey()));
}

TEST(Blank, PalePrintIsNotBlank) {
    for (const double strength : {0.25, 0.18, 0.12}) { // of black
        PageImage page = letter().grey();
        for (std::uint8_t& pixel : page.pixels) {
            pixel = static_cast<std::uint8_t>(250 - strength * (250 - pixel));
        }
        EXPECT_FALSE(blank(page)) << strength;
    }
}

TEST(Blank, ABlankSheetOnDarkGlassIsBlank) {
    EXPECT_TRUE(blank(PagePainter(sheet).noise(3.0).lay_on_glass(1.5, 8.0, 25).grey()));
}

TEST(Blank, TheShadowOfAnEdgeIsBlankAlsoAsGrains) {
    EXPECT_TRUE(blank(PagePainter(sheet).edge_shadow(25.0, 0.5).noise(3.0).grey()));
    EXPECT_TRUE(blank(PagePainter(sheet).edge_shadow(25.0, 0.5).noise(9.0).bitonal(150)));
    EXPECT_TRUE(blank(PagePainter(sheet).edge_shadow(25.0, 0.6).noise(9.0).turn(90).bitonal(150)));
}

TEST(Blank, WritingBesideAShadowIsNotBlank) {
    EXPECT_FALSE(blank(PagePainter(sheet)
                           .line(60.0, 283.0, "Merci", 2.2)
                           .edge_shadow(25.0, 0.5)
                           .noise(9.0)
                           .bitonal(150)));
    EXPECT_FALSE(blank(PagePainter(sheet).paragraphs(2.0, 60.0).bitonal())) << "up to the edge";
}

TEST(Blank, OneShortTypedLineIsNotBlank) {
    EXPECT_FALSE(blank(PagePainter(sheet).line(60.0, 140.0, "Merci", 2.2).grey()));
    EXPECT_FALSE(blank(PagePainter(sheet).line(60.0, 140.0, "Merci", 2.2).bitonal()));
    EXPECT_FALSE(blank(PagePainter(sheet).line(150.0, 280.0, "p. 12", 2.2).noise(4.0).grey()));
}

TEST(Blank, AStampASignatureOrABarcodeIsNotBlank) {
    EXPECT_FALSE(blank(PagePainter(sheet).stamp(140.0, 20.0).grey()));
    EXPECT_FALSE(blank(PagePainter(sheet).stamp(140.0, 20.0, 170).grey()));
    EXPECT_FALSE(blank(PagePainter(sheet).signature(120.0, 200.0).grey()));
    EXPECT_FALSE(blank(PagePainter(sheet).signature(120.0, 200.0, 150).grey()));
    EXPECT_FALSE(blank(PagePainter(sheet).barcode(60.0, 30.0).grey()));
}

TEST(Blank, WritingAmongDirtIsNotBlank) {
    EXPECT_FALSE(blank(PagePainter(sheet)
                           .punch_holes()
                           .dust(40)
                           .bleed_through(30)
                           .fold(99.0)
                           .line(30.0, 60.0, "Vu", 3.0)
                           .line(30.0, 70.0, "le 3 mai", 3.0)
                           .grey()));
}

TEST(Clean, AnUprightStraightPageIsReturnedAsItIs) {
    const PageImage raw = letter().grey();
    const CleanPage page = cleaned(raw, {});
    EXPECT_EQ(page.image.pixels, raw.pixels);
    EXPECT_EQ(page.grey.pixels, raw.pixels);
    EXPECT_EQ(page.geometry.turned_deg, 0);
    EXPECT_EQ(page.geometry.crop_px, (Box{0, 0, raw.width_px, raw.height_px}));
    EXPECT_NEAR(page.geometry.skew_deg, 0.0, 0.05);
    EXPECT_TRUE(page.quality.sharp);
    EXPECT_TRUE(page.quality.notes.empty());
}

TEST(Clean, ASkewedPageIsStraightened) {
    const PagePainter straight = letter();
    for (const double skew : {-13.0, -4.0, -1.0, 0.5, 2.5, 9.0, 20.0}) {
        const CleanPage page = cleaned(PagePainter(straight).skew(skew).grey(), {});
        EXPECT_NEAR(page.geometry.skew_deg, skew, 0.1);
        const CleanPage again = cleaned(page.image, {});
        EXPECT_NEAR(again.geometry.skew_deg, 0.0, 0.1) << skew;
    }
}

TEST(Clean, ALittleSkewKeepsTheSizeAndMuchOfItKeepsTheCorners) {
    const PageImage little = letter().skew(1.0).grey();
    EXPECT_EQ(cleaned(little, {}).image.width_px, little.width_px);
    const PageImage much = letter().skew(10.0).grey();
    const CleanPage page = cleaned(much, {});
    EXPECT_GT(page.image.width_px, much.width_px);
    EXPECT_GT(page.image.height_px, much.height_px);
    EXPECT_EQ(page.geometry.width_px, page.image.width_px);
}

TEST(Clean, ATurnedPageIsBroughtUpright) {
    const PagePainter skewed = letter().skew(1.2);
    for (const int turned : {0, 90, 180, 270}) {
        const CleanPage page = cleaned(PagePainter(skewed).turn(turned).grey(), {});
        EXPECT_EQ(page.geometry.turned_deg, turned);
        EXPECT_GE(page.geometry.turn_confidence, 0.5) << turned;
        EXPECT_NEAR(page.geometry.skew_deg, 1.2, 0.1) << turned;
        EXPECT_LT(page.image.width_px, page.image.height_px) << turned;
    }
}

TEST(Clean, CapitalsAndFiguresAreBroughtUprightToo) {
    PagePainter painter(sheet);
    for (int i = 0; i < 12; ++i) {
        painter.line(25.0, 60.0 + 12.0 * i, "HAMEAU DE MIMET 13105 MIMET 2026", 3.0);
    }
    for (const int turned : {0, 90, 180, 270}) {
        PagePainter copy = painter;
        const CleanPage page = cleaned(copy.turn(turned).grey(), {});
        EXPECT_EQ(page.geometry.turned_deg, turned);
        EXPECT_GE(page.geometry.turn_confidence, 0.5) << turned;
    }
}

TEST(Clean, APageSkewedByMuchIsBroughtUprightAndStraight) {
    for (const double skew : {-44.0, -30.0, 22.0, 41.0}) {
        for (const int turned : {0, 90, 180, 270}) {
            const CleanPage page = cleaned(letter().skew(skew).turn(turned).grey(), {});
            EXPECT_EQ(page.geometry.turned_deg, turned) << skew;
            EXPECT_NEAR(page.geometry.skew_deg, skew, 0.3) << turned;
            EXPECT_GE(page.geometry.skew_confidence, 0.5) << skew;
        }
    }
}

TEST(Clean, AReceiptWhoseColumnsStandOutIsReadAlongItsLines) {
    PagePainter::Sheet slip = sheet;
    slip.width_mm = 80.0;
    slip.height_mm = 200.0;
    for (const double skew : {-40.0, 35.0}) {
        for (const int turned : {0, 90, 180, 270}) {
            PagePainter receipt(slip);
            for (double y_mm = 20.0; y_mm < 185.0; y_mm += 4.0) {
                receipt.line(4.0, y_mm, "article", 2.0).line(62.0, y_mm, "12,50", 2.0);
            }
            const CleanPage page =
                cleaned(receipt.lay_on_glass(skew, 3.0, 30).turn(turned).grey(), {});
            EXPECT_EQ(page.geometry.turned_deg, turned) << skew;
            EXPECT_GE(page.geometry.turn_confidence, 0.5) << skew;
        }
    }
}

TEST(Clean, AStreakOfTheFeederIsNotTakenForALine) {
    const CleanPage page = cleaned(letter().skew(3.0).streak(30.0).streak(140.0).grey(), {});
    EXPECT_EQ(page.geometry.turned_deg, 0);
    EXPECT_NEAR(page.geometry.skew_deg, 3.0, 0.1);
}

TEST(Clean, TheSlimmestPicturesAreTakenAtAnyResolution) {
    for (const auto& [width, height] :
         {std::pair(8, 8), std::pair(8, 12'000), std::pair(9'000, 8)}) {
        PageImage page;
        page.width_px = width;
        page.height_px = height;
        page.dpi = 1200;
        page.pixels.assign(static_cast<std::size_t>(width) * static_cast<std::size_t>(height), 200);
        EXPECT_TRUE(blank(std::move(page))) << width << " x " << height;
    }
}

TEST(Clean, APageThatSaysNothingOfItsWayUpIsUnsure) {
    PagePainter painter(sheet);
    for (int i = 0; i < 10; ++i) {
        painter.streak(20.0 + 9.0 * i); // rules only
    }
    const CleanPage page = cleaned(painter.turn(90).grey(), {});
    EXPECT_LT(page.geometry.turn_confidence, 0.5);
}

TEST(Clean, SettingsSwitchEachMovementOff) {
    const PageImage raw = letter().lay_on_glass(2.0, 6.0, 20).turn(90).grey();
    const CleanPage page = cleaned(raw, {.crop_borders = false, .turn = false, .deskew = false});
    EXPECT_EQ(page.image.pixels, raw.pixels);
}

TEST(Clean, DarkGlassAroundTheSheetIsCutOff) {
    const CleanPage page = cleaned(letter().lay_on_glass(0.0, 10.0, 20).grey(), {});
    const int margin = 59; // 10 mm at 150 dpi
    EXPECT_NEAR(page.geometry.crop_px.x0, margin, 6);
    EXPECT_NEAR(page.geometry.crop_px.y0, margin, 6);
    EXPECT_NEAR(page.image.width_px, 1240, 12);
    EXPECT_NEAR(page.image.height_px, 1754, 12);
}

TEST(Clean, DarkGlassAroundASkewedSheetIsCutOff) {
    const CleanPage page = cleaned(letter().lay_on_glass(3.5, 20.0, 20).grey(), {});
    EXPECT_NEAR(page.geometry.skew_deg, 3.5, 0.1);
    EXPECT_NEAR(page.image.width_px, 1240, 16);
    EXPECT_NEAR(page.image.height_px, 1754, 16);
}

TEST(Clean, LightGlassIsLeftAlone) {
    const PageImage raw = letter().lay_on_glass(0.0, 10.0, 235).grey();
    EXPECT_EQ(cleaned(raw, {}).image.width_px, raw.width_px);
}

TEST(Clean, ABitonalPageStaysBlackAndWhite) {
    const CleanPage page = cleaned(letter().skew(2.0).bitonal(), {});
    EXPECT_EQ(page.image.depth, ColourDepth::Bitonal);
    for (const std::uint8_t value : page.image.pixels) {
        ASSERT_TRUE(value == 0 || value == 255);
    }
}

TEST(Clean, AColourPageKeepsItsColoursAndHasAGreyCopyOfTheSameSize) {
    const CleanPage page = cleaned(letter().skew(2.0).colour(240, 230, 200), {});
    EXPECT_EQ(page.image.channels, 3);
    EXPECT_EQ(page.grey.channels, 1);
    EXPECT_EQ(page.grey.width_px, page.image.width_px);
    EXPECT_EQ(page.grey.height_px, page.image.height_px);
}

TEST(Clean, APageWithoutPixelsIsABug) {
    EXPECT_THROW(static_cast<void>(cleaned(PageImage{}, {})), std::logic_error);
}

TEST(TurnedUpsideDown, TwiceGivesThePageBack) {
    const CleanPage page = cleaned(letter().lay_on_glass(0.0, 10.0, 20).grey(), {});
    const CleanPage once = turned_upside_down(page);
    EXPECT_EQ(once.geometry.turned_deg, 180);
    EXPECT_EQ(once.geometry.turn_confidence, 1.0);
    EXPECT_EQ(once.image.pixels.front(), page.image.pixels.back());
    const CleanPage twice = turned_upside_down(once);
    EXPECT_EQ(twice.image.pixels, page.image.pixels);
    EXPECT_EQ(twice.geometry.crop_px, page.geometry.crop_px);
}

TEST(Quality, ABlurredPageIsNotSharp) {
    PagePainter painter({.dpi = 300});
    painter.paragraphs(60.0, 140.0);
    EXPECT_TRUE(cleaned(painter.grey(), {}).quality.sharp);
    EXPECT_FALSE(cleaned(painter.blur(4.0).grey(), {}).quality.sharp);
}

std::vector<std::string> notes(const PageImage& page) {
    return cleaned(page, {}).quality.notes;
}

constexpr int glass = 20; // the scanner's dark background

TEST(Quality, AGoodPageHasNoNotes) {
    EXPECT_THAT(notes(letter().grey()), IsEmpty());
    EXPECT_THAT(notes(letter().bitonal()), IsEmpty());
    EXPECT_THAT(notes(letter().noise(6.0).lay_on_glass(2.0, 8.0, glass).grey()), IsEmpty());
    EXPECT_THAT(notes(letter().noise(3.0).skew(4.0).colour(240, 230, 200)), IsEmpty());
    EXPECT_THAT(notes(letter().punch_holes().fold(99.0).noise(3.0).grey()), IsEmpty());
}

TEST(Quality, ABlurredPageSaysSo) {
    PagePainter painter({.dpi = 300});
    EXPECT_THAT(
        notes(painter.paragraphs(60.0, 140.0).blur(4.0).grey()), ElementsAre("le texte est flou")
    );
}

TEST(Quality, APageScannedTooDarkSaysSo) {
    PagePainter::Sheet dark = sheet;
    dark.paper = 90;
    EXPECT_THAT(
        notes(PagePainter(dark).paragraphs(60.0, 200.0).grey()),
        ElementsAre("l'image est trop sombre")
    );
    PagePainter::Sheet grainy = sheet;
    grainy.paper = 150;
    EXPECT_THAT(
        notes(PagePainter(grainy).paragraphs(60.0, 200.0).noise(30.0).bitonal(155)),
        Contains("l'image est trop sombre")
    );
}

TEST(Quality, APageScannedTooLightOrPaleSaysSo) {
    PagePainter::Sheet bright = sheet;
    bright.paper = 255;
    PagePainter::Sheet dull = sheet;
    dull.paper = 200;
    EXPECT_THAT(
        notes(PagePainter(bright).stamp(60.0, 60.0, 150).stamp(60.0, 90.0, 150).grey()),
        Contains("l'image est trop claire")
    );
    EXPECT_THAT(
        notes(PagePainter(dull).stamp(60.0, 60.0, 145).stamp(60.0, 90.0, 145).grey()),
        Contains("le contraste est faible")
    );
}

TEST(Quality, ACoarsePageSaysSo) {
    PageImage coarse = letter().grey();
    coarse.dpi = 100;
    EXPECT_THAT(notes(coarse), Contains("la résolution est trop faible"));
}

TEST(Quality, TextRunningOffTheSheetIsNotedByTheEdgeAReaderSees) {
    PagePainter painter(sheet);
    for (int i = 0; i < 20; ++i) {
        painter.line(150.0 + 0.4 * i, 60.0 + 8.0 * i, "Mesdames et Messieurs les membres", 3.0);
    }
    EXPECT_THAT(notes(painter.grey()), ElementsAre("du texte est coupé à droite"));
    EXPECT_THAT(notes(painter.turn(90).grey()), ElementsAre("du texte est coupé à droite"));
}

TEST(Quality, AStreakOfTheFeederIsNoted) {
    constexpr auto streaked = "une rayure du scanner traverse la page";
    EXPECT_THAT(notes(letter().streak(143.0).noise(3.0).grey()), ElementsAre(streaked));
    EXPECT_THAT(notes(letter().streak(33.0).bitonal()), ElementsAre(streaked));
    EXPECT_THAT(notes(letter().skew(0.8).streak(143.0, 180).grey()), ElementsAre(streaked));
    EXPECT_THAT(
        notes(letter().lay_on_glass(0.0, 8.0, glass).streak(100.0).grey()), ElementsAre(streaked)
    );
}

TEST(Quality, ACornerThatIsFoldedOrTornOffIsNoted) {
    constexpr auto folded = "un coin de la feuille est plié ou manque";
    EXPECT_THAT(notes(letter().missing_corner(20.0, glass).grey()), ElementsAre(folded));
    EXPECT_THAT(
        notes(letter().missing_corner(12.0, glass).lay_on_glass(1.5, 8.0, glass).grey()),
        ElementsAre(folded)
    );
    EXPECT_THAT(
        notes(letter().missing_corner(30.0, 0).lay_on_glass(-3.0, 10.0, 0).bitonal()),
        ElementsAre(folded)
    );
    EXPECT_THAT(notes(letter().missing_corner(3.0, glass).grey()), IsEmpty()) << "worn";
    EXPECT_THAT(notes(letter().lay_on_glass(4.0, 0.0, glass).grey()), IsEmpty())
        << "the picture cuts the corners off, not the sheet";
}

TEST(Quality, TwoSheetsFedTogetherAreSuspected) {
    constexpr auto two = "deux feuilles sont peut-être passées ensemble";
    EXPECT_THAT(
        notes(letter().second_sheet(12.0, 20.0, glass).lay_on_glass(0.0, 8.0, glass).grey()),
        ElementsAre(two)
    );
    EXPECT_THAT(
        notes(letter().second_sheet(25.0, 9.0, glass).lay_on_glass(2.0, 12.0, glass).grey()),
        ElementsAre(two)
    );
}

TEST(Quality, ASheetTooShortOrTooLongIsNoted) {
    constexpr auto too_long = "la page est trop longue, peut-être deux feuilles à la suite";
    PagePainter::Sheet strip = sheet;
    strip.height_mm = 34.0;
    PagePainter::Sheet two = sheet;
    two.height_mm = 594.0;
    PagePainter::Sheet receipt{.width_mm = 80.0, .height_mm = 600.0, .dpi = 150};
    EXPECT_THAT(
        notes(PagePainter(strip).paragraphs(5.0, 30.0).grey()),
        ElementsAre("la page est trop courte")
    );
    EXPECT_THAT(notes(PagePainter(two).paragraphs(50.0, 500.0).grey()), ElementsAre(too_long));
    EXPECT_THAT(notes(PagePainter(receipt).line(8.0, 30.0, "Pharmacie", 3.0).grey()), IsEmpty());
}

} // namespace
} // namespace pleiade::image
