// Which printed pages are separator sheets: ours, cheaply; nobody's letter, whatever it shows.

#include "app/pipeline/reader_process.h"
#include "app/pipeline/take_in.h"
#include "capture/separator_code.h"
#include "capture/separator_sheet.h"
#include "ged-export/drawing_pdf.h"

#include <gtest/gtest.h>

namespace pleiade::pipeline {
namespace {

ReaderProcess built_reader() {
    ReaderSettings settings;
    settings.executable = std::filesystem::path(PLEIADE_BINARY_DIR) / "pleiade-reader";
    return ReaderProcess(settings);
}

PageReading read(const Drawing& drawing) {
    ReaderProcess reader = built_reader();
    const Bytes pdf = ged::drawing_pdf({drawing});
    EXPECT_EQ(reader.open(pdf).value(), 1);
    return reader.read(0).value().reading;
}

/// A letter of `lines` lines below whatever the drawing shows already.
Drawing written(Drawing drawing, int lines, double first_line_mm) {
    for (int i = 0; i < lines; ++i) {
        drawing.texts.push_back(
            {"Veuillez trouver ci-joint ma demande de remboursement du mois de mars.",
             {25.0},
             {first_line_mm + 6.0 * i},
             {4.0},
             DrawnWeight::Regular}
        );
    }
    return drawing;
}

/// Only what is drawn as bars and squares on the sheet.
Drawing without_words(Drawing sheet) {
    sheet.texts.clear();
    return sheet;
}

const std::string longest_label(capture::longest_label, 'm');

TEST(SeparatorPages, OurSheetsAreSheetsWithoutReadingTheirText) {
    const std::string long_name = "CPAM des Bouches-du-Rhône et du Vaucluse réunies";
    for (const Drawing& sheet :
         {capture::separator_sheet({SeparatorKind::LotHeader, "061", longest_label}, long_name),
          capture::separator_sheet({SeparatorKind::LotHeader, "000", "Matin 3"}, ""),
          capture::separator_sheet({SeparatorKind::Pli, "", ""}, ""),
          capture::separator_sheet({SeparatorKind::Pli, "", ""}, "", capture::PatchBars::PatchT),
          capture::separator_sheet({SeparatorKind::Document, "", ""}, "")}) {
        const PageReading reading = read(sheet);
        EXPECT_TRUE(reading.separator);
        EXPECT_TRUE(reading.text.words.empty()) << reading.text.plain();
    }
}

TEST(SeparatorPages, AFewWordsOnASheetChangeNothing) {
    const Drawing sheet = capture::separator_sheet({SeparatorKind::Pli, "", ""}, "");
    EXPECT_TRUE(read(written(sheet, 1, 250.0)).separator);
}

TEST(SeparatorPages, ALetterThatShowsAMarkIsMail) {
    const Drawing patch = without_words(
        capture::separator_sheet({SeparatorKind::Pli, "", ""}, "", capture::PatchBars::PatchT)
    );
    Drawing bars_only = patch;
    std::erase_if(bars_only.rectangles, [](const auto& rectangle) {
        return rectangle.width.value < 100.0;
    });
    ASSERT_TRUE(read(bars_only).separator); // nothing besides: a sheet
    for (const Drawing& page : {written(bars_only, 8, 60.0), written(patch, 8, 60.0)}) {
        const PageReading reading = read(page);
        EXPECT_FALSE(reading.separator);
        EXPECT_FALSE(reading.marks.empty());
        EXPECT_NE(reading.text.plain().find("remboursement"), std::string::npos);
    }
}

} // namespace
} // namespace pleiade::pipeline
