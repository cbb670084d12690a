#include "capture/separator_sheet.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace pleiade::capture {
namespace {

bool says(const Drawing& drawing, const std::string& words) {
    return std::any_of(drawing.texts.begin(), drawing.texts.end(), [&words](const DrawnText& text) {
        return text.text.find(words) != std::string::npos;
    });
}

TEST(SeparatorSheet, SaysInFrenchWhatItIs) {
    const Separator header{SeparatorKind::LotHeader, "061", "LUNDI"};
    const Drawing sheet = separator_sheet(header, "CPAM des Alpes-Maritimes");
    EXPECT_TRUE(says(sheet, "EN-TÊTE DE LOT"));
    EXPECT_TRUE(says(sheet, "CPAM des Alpes-Maritimes"));
    EXPECT_TRUE(says(sheet, "Caisse 061"));
    EXPECT_TRUE(says(sheet, "LUNDI"));
    EXPECT_TRUE(says(separator_sheet({SeparatorKind::Pli, {}, {}}, ""), "SÉPARATEUR DE PLI"));
    EXPECT_TRUE(
        says(separator_sheet({SeparatorKind::Document, {}, {}}, ""), "SÉPARATEUR DE DOCUMENT")
    );
    EXPECT_TRUE(says(separator_sheet({SeparatorKind::LotHeader, "", ""}, ""), "plusieurs caisses"));
}

TEST(SeparatorSheet, KeepsEverythingWithinThePage) {
    const Separator longest{SeparatorKind::LotHeader, "061", std::string(30, 'W')};
    for (const PatchBars bars : {PatchBars::None, PatchBars::PatchT}) {
        for (const Separator& separator : {longest, Separator{SeparatorKind::Pli, {}, {}}}) {
            const Drawing sheet =
                separator_sheet(separator, "CPAM des Alpes-de-Haute-Provence", bars);
            for (const DrawnRectangle& part : sheet.rectangles) {
                EXPECT_GE(part.x.value, 10.0);
                EXPECT_LE(part.x.value + part.width.value, 200.0);
                EXPECT_GE(part.y.value, 6.0);
                EXPECT_LE(part.y.value + part.height.value, 291.0);
            }
            for (const DrawnText& text : sheet.texts) {
                EXPECT_LE(text.baseline_y.value, 291.0);
            }
        }
    }
}

TEST(SeparatorSheet, PatchBarsAreOnlyOnPliSeparators) {
    const auto parts = [](SeparatorKind kind, PatchBars bars) {
        return separator_sheet({kind, {}, {}}, "", bars).rectangles.size();
    };
    EXPECT_EQ(
        parts(SeparatorKind::Pli, PatchBars::PatchT),
        parts(SeparatorKind::Pli, PatchBars::None) + 8U
    );
    EXPECT_EQ(
        parts(SeparatorKind::Document, PatchBars::PatchT),
        parts(SeparatorKind::Document, PatchBars::None)
    );
}

} // namespace
} // namespace pleiade::capture
