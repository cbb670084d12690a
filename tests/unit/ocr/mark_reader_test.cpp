#include "ocr/mark_reader.h"
#include "tests/unit/ocr/mark_painter.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

namespace pleiade::ocr {
namespace {

using test::Symbology;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::UnorderedElementsAre;

std::vector<std::string> read_from(const PageImage& page) {
    std::vector<std::string> seen;
    for (const Mark& mark : make_mark_reader()->read(page)) {
        seen.push_back(mark.format + " " + mark.text);
    }
    return seen;
}

/// Small and large, linear and two-dimensional, along both directions, far from the middle.
PageImage page_of_many_codes() {
    PageImage page = test::blank_a4_page();
    test::paint(page, {Symbology::Code128, "RK123456785FR", 200, 200, 3.0, 0});
    test::paint(page, {Symbology::DataMatrix, "ARLAPOSTE;01;1A0478772024;3", 2200, 250, 3.9, 0});
    test::paint(page, {Symbology::Qr, "https://example.org/lot/061", 1200, 300, 12.0, 1});
    test::paint(page, {Symbology::MicroQr, "12345", 300, 1000, 5.0, 0});
    test::paint(page, {Symbology::Aztec, "RAPPEL 0612345", 2100, 1500, 4.0, 2});
    test::paint(page, {Symbology::Pdf417, "feuille de soins 3116", 300, 1500, 4.0, 0});
    test::paint(page, {Symbology::Code39, "AB12345", 300, 2300, 4.0, 1});
    test::paint(page, {Symbology::Itf, "1234567890", 1200, 2300, 4.0, 0});
    test::paint(page, {Symbology::Ean13, "376012345001", 1200, 2800, 4.0, 2});
    test::paint(page, {Symbology::Codabar, "A123456B", 1900, 2500, 4.0, 3});
    return page;
}

const std::vector<std::string> many_codes{
    "Code128 RK123456785FR",
    "DataMatrix ARLAPOSTE;01;1A0478772024;3",
    "QRCode https://example.org/lot/061",
    "MicroQRCode 12345",
    "Aztec RAPPEL 0612345",
    "PDF417 feuille de soins 3116",
    "Code39 AB12345",
    "ITF 1234567890",
    "EAN-13 3760123450010",
    "Codabar 123456",
};

void paint_patch(PageImage& page, const std::string& bars, int x_px, int y_px) {
    for (const char bar : bars) { // spec: Kodak A-61599, 0.08 and 0.20 inch at 300 dpi
        const int height_px = bar == 'W' ? 60 : 24;
        test::paint_bar(page, x_px, y_px, 1500, height_px);
        y_px += height_px + 24;
    }
}

TEST(MarkReader, FindsEveryCodeOfAPage) {
    EXPECT_THAT(read_from(page_of_many_codes()), testing::UnorderedElementsAreArray(many_codes));
}

TEST(MarkReader, FindsEveryCodeOfATurnedPage) {
    EXPECT_THAT(
        read_from(test::turned_clockwise(page_of_many_codes(), 1)),
        testing::UnorderedElementsAreArray(many_codes)
    );
}

TEST(MarkReader, FindsEveryCodeOfASkewedPage) {
    EXPECT_THAT(
        read_from(test::skewed(page_of_many_codes(), 1.0)),
        testing::UnorderedElementsAreArray(many_codes)
    );
}

TEST(MarkReader, FindsCodesAtAnyAngle) {
    for (const double angle_deg : {23.0, 45.0, 141.0, 287.0}) {
        PageImage page = test::blank_a4_page();
        test::paint(page, {Symbology::Code128, "RK123456785FR", 900, 1300, 3.0, 0});
        test::paint(page, {Symbology::Pdf417, "feuille de soins 3116", 900, 2100, 3.0, 0});
        test::paint(
            page, {Symbology::DataMatrix, "ARLAPOSTE;01;1A0478772024;3", 1600, 1400, 4.0, 0}
        );
        EXPECT_THAT(
            read_from(test::skewed(page, angle_deg)),
            UnorderedElementsAre(
                "Code128 RK123456785FR",
                "PDF417 feuille de soins 3116",
                "DataMatrix ARLAPOSTE;01;1A0478772024;3"
            )
        ) << angle_deg;
    }
}

TEST(MarkReader, FindsWhiteCodesOnADarkLabel) {
    PageImage page = test::blank_page(900, 700);
    test::paint(page, {Symbology::Code128, "PLI-0001", 100, 100, 4.0, 0});
    test::paint(page, {Symbology::Qr, "LOT;061", 600, 400, 6.0, 0});
    for (std::uint8_t& pixel : page.pixels) {
        pixel = static_cast<std::uint8_t>(255 - pixel);
    }
    EXPECT_THAT(read_from(page), UnorderedElementsAre("Code128 PLI-0001", "QRCode LOT;061"));
}

TEST(MarkReader, FindsACodeThatFillsThePicture) {
    const PageImage modules = test::encoded(Symbology::DataMatrix, "RAPPEL 0612345");
    PageImage label = test::blank_page(modules.width_px * 4, modules.height_px * 4);
    test::paint(label, {Symbology::DataMatrix, "RAPPEL 0612345", 0, 0, 4.0, 0});
    EXPECT_THAT(read_from(label), UnorderedElementsAre("DataMatrix RAPPEL 0612345"));
    EXPECT_THAT(read_from(modules), UnorderedElementsAre("DataMatrix RAPPEL 0612345"));
}

TEST(MarkReader, LeavesOutUncheckedCodesOfOneScanLine) {
    PageImage page = test::blank_a4_page();
    test::paint(page, {Symbology::Itf, "12345678", 400, 400, 4.0, 0});
    test::hide(page, 0, 412, page.width_px, 600); // a millimetre of the bars is left
    EXPECT_THAT(read_from(page), IsEmpty());
}

TEST(MarkReader, TellsTheCheckDigitOfAnItfOf14) {
    PageImage page = test::blank_a4_page();
    test::paint(page, {Symbology::Itf, "13760123450017", 300, 400, 4.0, 0});
    test::paint(page, {Symbology::Itf, "13760123450018", 300, 1400, 4.0, 0});
    const auto marks = make_mark_reader()->read(page);
    ASSERT_THAT(marks, SizeIs(2));
    EXPECT_EQ(marks[0].check, Check::Good);
    EXPECT_EQ(marks[1].check, Check::None);
}

TEST(MarkReader, FindsCodesUnderSpecks) {
    PageImage page = test::blank_a4_page();
    test::paint(page, {Symbology::Code128, "RK123456785FR", 200, 200, 4.0, 0});
    test::paint(page, {Symbology::Qr, "LOT;061;2026-03-14", 1800, 2800, 6.0, 0});
    test::add_specks(page, 0.02, 11);
    EXPECT_THAT(
        read_from(page), UnorderedElementsAre("Code128 RK123456785FR", "QRCode LOT;061;2026-03-14")
    );
}

TEST(MarkReader, FindsTwoCodesThatSayTheSame) {
    PageImage page = test::blank_a4_page();
    test::paint(page, {Symbology::Code128, "PLI-0001", 200, 200, 4.0, 0});
    test::paint(page, {Symbology::Code128, "PLI-0001", 200, 2800, 4.0, 0});
    EXPECT_THAT(read_from(page), SizeIs(2));
}

TEST(MarkReader, BoxesCoverTheWholeCode) {
    PageImage page = test::blank_a4_page();
    test::paint(page, {Symbology::Code128, "PLI-0001", 300, 400, 4.0, 0});
    const auto marks = make_mark_reader()->read(page);
    ASSERT_THAT(marks, SizeIs(1));
    const Box box = marks.front().box_px;
    EXPECT_NEAR(box.x0, 300, 4);
    EXPECT_NEAR(box.y0, 400, 4);
    EXPECT_NEAR(box.height(), 200, 8) << "zint draws Code 128 50 modules high";
}

TEST(MarkReader, SaysWhichCodesCarryACheck) {
    PageImage page = test::blank_a4_page();
    test::paint(page, {Symbology::Code128, "PLI-0001", 300, 400, 4.0, 0});
    test::paint(page, {Symbology::Code39, "AB12345", 300, 1400, 4.0, 0});
    const auto marks = make_mark_reader()->read(page);
    ASSERT_THAT(marks, SizeIs(2));
    EXPECT_EQ(marks[0].check, Check::Good);
    EXPECT_EQ(marks[1].check, Check::None);
}

TEST(MarkReader, FindsNothingInText) {
    PageImage page = test::blank_a4_page();
    test::paint_strokes_like_text(page, 5);
    EXPECT_THAT(read_from(page), IsEmpty());
}

TEST(MarkReader, FindsNothingOnABlankOrEmptyPage) {
    EXPECT_THAT(read_from(test::blank_a4_page()), IsEmpty());
    EXPECT_THAT(read_from(PageImage{}), IsEmpty());
    EXPECT_THAT(read_from(test::blank_page(1, 1)), IsEmpty());
}

TEST(MarkReader, FindsEveryPatchCodeAtTheLeadingEdge) {
    const std::vector<std::pair<std::string, std::string>> codes{
        {"WWNN", "Patch1 1"},
        {"WNNW", "Patch2 2"},
        {"WNWN", "Patch3 3"},
        {"NWWN", "Patch4 4"},
        {"NNWW", "Patch6 6"},
        {"NWNW", "PatchT T"}};
    for (const auto& [bars, mark] : codes) {
        PageImage page = test::blank_a4_page();
        paint_patch(page, bars, 400, 150);
        EXPECT_THAT(read_from(page), UnorderedElementsAre(mark));
    }
}

TEST(MarkReader, FindsPatchTWhicheverWayTheSheetWasFed) {
    PageImage page = test::blank_a4_page();
    paint_patch(page, "NWNW", 400, 150);
    for (int quarter_turns = 0; quarter_turns < 4; ++quarter_turns) {
        const PageImage fed = test::skewed(test::turned_clockwise(page, quarter_turns), 1.0);
        EXPECT_THAT(read_from(fed), UnorderedElementsAre("PatchT T")) << quarter_turns;
    }
}

TEST(MarkReader, KeepsWhatIsNoTextInAFormThatCanBeStored) {
    using namespace std::string_literals;
    PageImage page = test::blank_a4_page();
    test::paint(page, {Symbology::DataMatrix, "DC04FR\x00 1\x1D 2\x1F\x07"s, 1000, 1000, 6.0, 0});
    EXPECT_THAT(read_from(page), UnorderedElementsAre("DataMatrix DC04FR\\x00 1\x1D 2\x1F\\x07"));
}

TEST(MarkReader, TakesNoTableForAPatchCode) {
    PageImage page = test::blank_a4_page();
    for (int y = 300; y < 3000; y += 24) {
        test::paint_bar(page, 300, y, 1800, 6);
    }
    for (int y = 300; y < 3000; y += 120) {
        test::paint_bar(page, 300, y, 1800, 60);
    }
    EXPECT_THAT(read_from(page), IsEmpty());
}

} // namespace
} // namespace pleiade::ocr
