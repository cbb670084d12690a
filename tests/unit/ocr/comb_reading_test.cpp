// Comb boxes and printed numbers with the real text reader.

#include "comb_page_painter.h"
#include "ocr/identifier_checks.h"
#include "ocr/identifier_finder.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pleiade::ocr {
namespace {

using test::CombLook;
using test::CombStyle;
using test::PagePainter;
using test::paint_comb;

class CombReading : public ::testing::Test {
protected:
    std::vector<Identifier> found_on(const PageImage& page) {
        return find_identifiers(page, reader().read_page(page), {}, reader(), cells_);
    }

    /// Loading the language model takes longer than reading.
    static TextReader& reader() {
        static const std::unique_ptr<TextReader> loaded = make_tesseract_text_reader({});
        return *loaded;
    }

private:
    CellReader cells_;
};

const Identifier*
valid_one(const std::vector<Identifier>& all, IdentifierKind kind, const char* value) {
    const auto found = std::ranges::find_if(all, [&](const Identifier& i) {
        return i.kind == kind && i.value == value && i.valid;
    });
    return found == all.end() ? nullptr : &*found;
}

/// A NIR that was read wrong and called valid is the one thing that must never happen.
int wrong_nirs(const std::vector<Identifier>& all, const std::string& truth) {
    return static_cast<int>(std::ranges::count_if(all, [&](const Identifier& i) {
        return i.kind == IdentifierKind::Nir && i.valid && i.value != truth;
    }));
}

TEST_F(CombReading, GivesTheNirInThirteenAndTwoCells) {
    int right = 0;
    int all = 0;
    for (const char* font : {"Courier", "Courier-Bold", "Helvetica", "Times-Roman"}) {
        for (const CombStyle style : {CombStyle::Ticks, CombStyle::Boxes}) {
            for (const char* nir : {"184050608800195", "299100608800169", "295109912611193"}) {
                PagePainter page;
                const CombLook look{.style = style, .font = font, .grey = all % 2 == 0 ? 0.0 : 0.6};
                const std::string text(nir);
                const double end = paint_comb(page, 60, 60, look, text.substr(0, 13));
                paint_comb(page, end + 3, 60, look, text.substr(13));
                const auto found = found_on(page.scanned(
                    {.skew_deg = 0.25 * (all % 5 - 2), .noise = 4, .bitonal = all % 4 == 0}
                ));
                const bool good = valid_one(found, IdentifierKind::Nir, nir) != nullptr;
                right += good ? 1 : 0;
                EXPECT_TRUE(good) << font << ' ' << static_cast<int>(style) << ' ' << nir << ' '
                                  << (found.empty() ? "nothing" : found[0].value);
                EXPECT_EQ(wrong_nirs(found, text), 0) << nir;
                ++all;
            }
        }
    }
    EXPECT_EQ(right, all);
}

TEST_F(CombReading, GivesTheLabelledNirOfCellsWhoseLinesTheScannerLost) {
    PagePainter page;
    const CombLook look{.font = "Helvetica", .grey = 0.7};
    page.text(20, 59, "Helvetica", 11, "Numero de securite sociale");
    const double end = paint_comb(page, 75, 60, look, "1840506088001");
    paint_comb(page, end + 3, 60, look, "95");
    const auto found = found_on(page.scanned({.noise = 4, .bitonal = true}));
    EXPECT_NE(valid_one(found, IdentifierKind::Nir, "184050608800195"), nullptr);
}

TEST_F(CombReading, GivesCorsicanNirsWithTheirLetter) {
    PagePainter page;
    const CombLook look{.font = "Helvetica"};
    const double end = paint_comb(page, 60, 60, look, "185052A004001");
    paint_comb(page, end + 3, 60, look, "81");
    const auto found = found_on(page.scanned({.skew_deg = 0.2, .noise = 4}));
    EXPECT_NE(valid_one(found, IdentifierKind::Nir, "185052A00400181"), nullptr);
}

TEST_F(CombReading, ComputesTheKeyOfThirteenCells) {
    PagePainter page;
    const CombLook look{.style = CombStyle::Boxes, .font = "Courier-Bold"};
    const double end = paint_comb(page, 60, 60, look, "1840506088001");
    paint_comb(page, end + 3, 60, look, "  ");
    const auto found = found_on(page.scanned({.skew_deg = 0.2, .noise = 4}));
    const Identifier* nir = valid_one(found, IdentifierKind::Nir, "184050608800195");
    ASSERT_NE(nir, nullptr);
    EXPECT_TRUE(nir->key_computed);
    EXPECT_LT(nir->confidence, 0.9);
}

TEST_F(CombReading, GivesDatesAndSirets) {
    PagePainter page;
    const CombLook look{.font = "Helvetica", .grey = 0.5};
    paint_comb(page, 40, 60, look, "14032026");
    paint_comb(page, 40, 80, look, "73282932000074");
    const auto found = found_on(page.scanned({.skew_deg = -0.3, .noise = 4}));
    EXPECT_NE(valid_one(found, IdentifierKind::Date, "2026-03-14"), nullptr);
    EXPECT_NE(valid_one(found, IdentifierKind::Siret, "73282932000074"), nullptr);
}

TEST_F(CombReading, SaysNothingOfEmptyRows) {
    PagePainter page;
    paint_comb(page, 40, 60, {}, "               ");
    paint_comb(page, 40, 80, {.style = CombStyle::Boxes}, "        ");
    EXPECT_TRUE(found_on(page.scanned({.noise = 4})).empty());
}

TEST_F(CombReading, GivesPrintedNirsInEveryGrouping) {
    int all = 0;
    int right = 0;
    for (const char* font : {"Courier", "Helvetica", "Times-Roman"}) {
        for (const char* text :
             {"1 84 05 06 088 001 95",
              "184050608800195",
              "1840506088001 95",
              "1.84.05.06.088.001.95"}) {
            PagePainter page;
            page.text(20, 50, "Helvetica", 11, "Madame, Monsieur, je vous adresse mon dossier.");
            page.text(20, 60, "Helvetica", 11, "Numero de securite sociale :");
            page.text(80, 60, font, 11, text);
            page.text(20, 70, "Helvetica", 11, "Telephone 04 93 12 34 56, le 14/03/2026");
            const auto found = found_on(page.scanned({.skew_deg = 0.3, .noise = 4}));
            right += valid_one(found, IdentifierKind::Nir, "184050608800195") != nullptr ? 1 : 0;
            EXPECT_EQ(wrong_nirs(found, "184050608800195"), 0) << text;
            EXPECT_NE(valid_one(found, IdentifierKind::Date, "2026-03-14"), nullptr) << font;
            ++all;
        }
    }
    EXPECT_EQ(right, all);
}

} // namespace
} // namespace pleiade::ocr
