#include "capture/separator_code.h"
#include "capture/separator_sheet.h"
#include "core/durable_file.h"
#include "core/failure.h"
#include "ged-export/drawing_pdf.h"
#include "pdf_judges.h"

#include <ReadBarcode.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <optional>
#include <string>
#include <vector>

namespace pleiade {
namespace {

using ::testing::HasSubstr;

/// A printed sheet as a scanner gives it back.
struct Scan {
    int width_px = 0;
    int height_px = 0;
    std::vector<std::uint8_t> grey;

    /// The sheet fed the other way, turned clockwise by a quarter.
    [[nodiscard]] Scan turned() const {
        Scan result{height_px, width_px, std::vector<std::uint8_t>(grey.size())};
        for (int y = 0; y < height_px; ++y) {
            for (int x = 0; x < width_px; ++x) {
                result.at(height_px - 1 - y, x) = at(x, y);
            }
        }
        return result;
    }

    std::uint8_t& at(int x, int y) { return grey[index(x, y)]; }
    [[nodiscard]] std::uint8_t at(int x, int y) const { return grey[index(x, y)]; }

private:
    [[nodiscard]] std::size_t index(int x, int y) const {
        return static_cast<std::size_t>(y) * static_cast<std::size_t>(width_px) +
               static_cast<std::size_t>(x);
    }
};

Scan printed_and_scanned(const Drawing& drawing, int dpi) {
    const test::ScratchFolder folder;
    const std::string stem = (folder.path() / "sheet").string();
    write_durably(stem + ".pdf", ged::drawing_pdf({drawing}));
    const test::Ran ran = test::run(
        "pdftoppm -singlefile -gray -r " + std::to_string(dpi) + " " + stem + ".pdf " + stem
    );
    EXPECT_EQ(ran.exit_code, 0) << ran.output;
    std::ifstream file(stem + ".pgm", std::ios::binary);
    std::string magic;
    int most = 0;
    Scan scan;
    file >> magic >> scan.width_px >> scan.height_px >> most;
    file.get();
    scan.grey.resize(
        static_cast<std::size_t>(scan.width_px) * static_cast<std::size_t>(scan.height_px)
    );
    file.read(
        reinterpret_cast<char*>(scan.grey.data()), static_cast<std::streamsize>(scan.grey.size())
    );
    EXPECT_TRUE(file.good());
    return scan;
}

std::string text_read(const Scan& scan, ZXing::BarcodeFormat format) {
    const ZXing::ImageView view(
        scan.grey.data(), scan.width_px, scan.height_px, ZXing::ImageFormat::Lum
    );
    const ZXing::DecodeHints hints =
        ZXing::DecodeHints().setFormats(format).setMaxNumberOfSymbols(1);
    const ZXing::Result result = ZXing::ReadBarcode(view, hints);
    return result.isValid() ? result.text() : "nothing";
}

void expect_both_codes_in_all_directions(const Separator& separator, int dpi) {
    Scan scan = printed_and_scanned(
        capture::separator_sheet(separator, "CPAM des Alpes-Maritimes", capture::PatchBars::PatchT),
        dpi
    );
    const std::string code = capture::to_code(separator);
    for (int turn = 0; turn < 4; ++turn) {
        EXPECT_EQ(text_read(scan, ZXing::BarcodeFormat::Code128), code) << turn * 90 << " degrees";
        EXPECT_EQ(text_read(scan, ZXing::BarcodeFormat::QRCode), code) << turn * 90 << " degrees";
        scan = scan.turned();
    }
}

TEST(PrintedSeparator, IsReadInAllDirections) {
    for (const Separator& separator :
         {Separator{SeparatorKind::LotHeader, "061", "ARRIVEE 7"},
          Separator{SeparatorKind::Pli, {}, {}},
          Separator{SeparatorKind::Document, {}, {}}}) {
        expect_both_codes_in_all_directions(separator, 300);
    }
}

TEST(PrintedSeparator, WithTheLongestLabelIsReadAt200DotsPerInch) {
    expect_both_codes_in_all_directions(
        {SeparatorKind::LotHeader, "061", "GUICHET DE GRASSE 2026-03-14-7"}, 200
    );
}

/// Lengths of dark and light runs down a column, from the first dark pixel.
std::vector<int> runs_down(const Scan& scan, int x, std::size_t count) {
    std::vector<int> runs;
    bool dark = false;
    for (int y = 0; y < scan.height_px && runs.size() <= count; ++y) {
        const bool now_dark = scan.at(x, y) < 128;
        if (now_dark != dark) {
            runs.push_back(0);
            dark = now_dark;
        }
        if (!runs.empty()) {
            ++runs.back();
        }
    }
    runs.resize(count);
    return runs;
}

TEST(PrintedSeparator, PatchTHasItsBarsFromBothEnds) {
    const Scan scan = printed_and_scanned(
        capture::separator_sheet({SeparatorKind::Pli, {}, {}}, "", capture::PatchBars::PatchT), 300
    );
    // spec: Kodak A-61599: 0.08 and 0.20 inch, each within 0.01 inch
    const std::vector<int> wanted_px = {24, 24, 60, 24, 24, 24, 60};
    for (const Scan& fed : {scan, scan.turned().turned()}) {
        const std::vector<int> found = runs_down(fed, fed.width_px / 2, wanted_px.size());
        for (std::size_t i = 0; i < wanted_px.size(); ++i) {
            EXPECT_NEAR(found[i], wanted_px[i], 3) << "run " << i;
        }
    }
}

TEST(DrawingPdf, WordsComeOutWithTheirAccents) {
    const Drawing header = capture::separator_sheet(
        {SeparatorKind::LotHeader, "131", "Été (n° 1)"}, "CPAM des Bouches-du-Rhône"
    );
    const Drawing pli = capture::separator_sheet({SeparatorKind::Pli, {}, {}}, "");
    const Bytes pdf = ged::drawing_pdf({header, pli});
    const std::string text = test::pdf_text(pdf);
    EXPECT_THAT(text, HasSubstr("EN-TÊTE DE LOT"));
    EXPECT_THAT(text, HasSubstr("CPAM des Bouches-du-Rhône"));
    EXPECT_THAT(text, HasSubstr("Été (n° 1)"));
    EXPECT_THAT(text, HasSubstr("SÉPARATEUR DE PLI"));
    EXPECT_TRUE(test::qpdf_check(pdf).good);
    EXPECT_EQ(pdf, ged::drawing_pdf({header, pli}));
}

TEST(DrawingPdf, TextsStayOnTheSheet) {
    const Separator wide{SeparatorKind::LotHeader, "041", std::string(30, 'W')};
    const Bytes pdf =
        ged::drawing_pdf({capture::separator_sheet(wide, "CPAM DES ALPES-DE-HAUTE-PROVENCE")});
    constexpr double right_edge_points = 200.0 * 72.0 / 25.4;
    const std::vector<test::PdfWord> words = test::pdf_words(pdf);
    EXPECT_GT(words.size(), 10U);
    for (const test::PdfWord& word : words) {
        EXPECT_LT(word.x1, right_edge_points) << word.text;
    }
}

TEST(DrawingPdf, NothingToDrawIsAnError) {
    EXPECT_THROW((void)ged::drawing_pdf({}), Error);
}

} // namespace
} // namespace pleiade
