#include "core/failure.h"
#include "ged-export/pdf_document.h"
#include "pdf_judges.h"
#include "pictures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace pleiade::ged {
namespace {

using test::bitonal_page;
using test::jpeg_page;

constexpr double points_per_px = 72.0 / 300.0;

PdfMetadata metadata() {
    using namespace std::chrono;
    return {
        .document_id = "d-000041-1",
        .caisse = "061",
        .type_code = "AAT",
        .type_title = "Avis d'arrêt de travail",
        .received = sys_days(year(2026) / 3 / 14),
        .created = sys_days(year(2026) / 3 / 14) + 10h + 15min + 7s};
}

/// Sets lines of words as a reader finds them: boxes tight around the ink, one baseline a line.
class PageSetter {
public:
    void line(const std::vector<std::string>& words, int left_px, int baseline_px, int type_px) {
        const int line_index = static_cast<int>(text_.lines.size());
        Box line_box;
        int x = left_px;
        for (const std::string& word : words) {
            const int letters =
                static_cast<int>(std::count_if(word.begin(), word.end(), [](char c) {
                    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
                }));
            const bool tall = word.find_first_of("bdfhkltABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") !=
                              std::string::npos;
            const bool deep = word.find_first_of("gjpqy,;") != std::string::npos;
            const Box box{
                x,
                baseline_px - type_px * (tall ? 72 : 50) / 100,
                x + letters * type_px * 55 / 100,
                baseline_px + (deep ? type_px * 20 / 100 : 0)};
            text_.words.push_back({word, box, 0.95, line_index, {}});
            line_box = united(line_box, box);
            x = box.x1 + type_px * 28 / 100;
        }
        text_.lines.push_back({line_box, 0, baseline_px, baseline_px});
    }

    [[nodiscard]] const PageText& text() const { return text_; }

private:
    PageText text_;
};

PageText letter() {
    PageSetter page;
    page.line({"AVIS", "D'ARRÊT", "DE", "TRAVAIL"}, 600, 300, 80);
    page.line({"Le", "médecin", "soussigné", "prescrit", "un", "arrêt", "jusqu'au"}, 250, 520, 48);
    page.line({"14", "mars", "2026", "inclus,", "en", "rapport", "avec", "une"}, 250, 590, 48);
    page.line({"affection", "de", "longue", "durée."}, 250, 660, 48);
    return page.text();
}

std::string words_of(const PageText& text) {
    std::string all;
    for (const Word& word : text.words) {
        all += word.text + " ";
    }
    return all;
}

/// Words as they come, whatever stands between them.
std::string words_in(const std::string& text) {
    std::string all;
    bool in_word = false;
    for (const char c : text) {
        const bool blank = c == ' ' || c == '\n';
        if (!blank) {
            all += c;
        } else if (in_word) {
            all += ' ';
        }
        in_word = !blank;
    }
    return in_word ? all + ' ' : all;
}

void expect_accepted(const Bytes& pdf) {
    const test::Verdict pdfa = test::preflight(pdf);
    EXPECT_TRUE(pdfa.good) << pdfa.said;
    const test::Verdict syntax = test::qpdf_check(pdf);
    EXPECT_TRUE(syntax.good) << syntax.said;
}

TEST(BuildPdf, BitonalPageIsValidPdfA) {
    expect_accepted(build_pdf({{bitonal_page(2480, 3508, 300), letter()}}, metadata()));
}

TEST(BuildPdf, GreyAndColourPagesAreValidPdfA) {
    expect_accepted(build_pdf(
        {{jpeg_page(1240, 1754, 150, 1), {}}, {jpeg_page(1240, 1754, 150, 3), {}}}, metadata()
    ));
}

TEST(BuildPdf, MixedPagesInManySizesAreValidPdfA) {
    std::vector<PdfPage> pages;
    for (int i = 0; i < 6; ++i) {
        const int width_px = 400 + 300 * i;
        pages.push_back(
            {i % 2 == 0 ? bitonal_page(width_px, 900, 200) : jpeg_page(width_px, 900, 240, 3),
             letter()}
        );
    }
    expect_accepted(build_pdf(pages, metadata()));
}

TEST(BuildPdf, TitleWithEveryKindOfCharacterIsValidPdfA) {
    PdfMetadata strange = metadata();
    strange.type_title = "L\u2019œuvre <d\u2019été> & \"co\" \u20ac \u65e5\u672c \x01 \xff fin";
    strange.document_id = "a&b<c>";
    expect_accepted(build_pdf({{bitonal_page(800, 900, 200), {}}}, strange));
}

TEST(BuildPdf, BrokenFilesAreToldBrokenByTheJudges) {
    const Bytes good = build_pdf({{bitonal_page(800, 900, 200), letter()}}, metadata());
    const auto without = [&good](const std::string& what) {
        std::string text = text_of(good);
        const std::size_t at = text.find(what);
        EXPECT_NE(at, std::string::npos) << what;
        text.replace(at, what.size(), std::string(what.size(), ' '));
        const BytesView bytes = bytes_of(text);
        return Bytes(bytes.begin(), bytes.end());
    };
    EXPECT_FALSE(test::preflight(without("<pdfaid:conformance>B</pdfaid:conformance>")).good);
    EXPECT_FALSE(test::preflight(without("/S /GTS_PDFA1")).good);
    EXPECT_FALSE(test::qpdf_check(without("xref\n0 ")).good);
    EXPECT_FALSE(test::qpdf_check(BytesView(good).first(good.size() / 2)).good);
}

TEST(BuildPdf, TextComesBackInOrderWithItsBlanks) {
    const PageText text = letter();
    const Bytes pdf = build_pdf({{bitonal_page(2480, 3508, 300), text}}, metadata());
    EXPECT_EQ(words_in(test::pdf_text(pdf)), words_of(text)) << test::pdf_text(pdf);
    EXPECT_THAT(test::pdf_text(pdf), ::testing::HasSubstr("AVIS D'ARRÊT DE TRAVAIL\n"));
}

TEST(BuildPdf, EveryCharacterThatRecognitionGivesComesBack) {
    PageSetter page;
    const std::vector<std::string> words = {
        "àâäçéèêëîïôöùûüÿ",
        "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸ",
        "œuvre",
        "Œ",
        "æ",
        "12,50€",
        "«oui»",
        "l\u2019été",
        "\u201cnon\u201d",
        "n°5",
        "±2½",
        "x²",
        "→",
        "☐",
        "日本",
        "ﬁn",
        "\u2013",
        "\u2026",
        "q§"};
    page.line(words, 100, 400, 40);
    const Bytes pdf = build_pdf({{bitonal_page(2480, 3508, 300), page.text()}}, metadata());
    std::vector<std::string> found;
    for (const test::PdfWord& word : test::pdf_words(pdf)) {
        found.push_back(word.text);
    }
    EXPECT_EQ(found, words);
}

TEST(BuildPdf, WordsLieOnTheirBoxes) {
    const PageText text = letter();
    const Bytes pdf = build_pdf({{bitonal_page(2480, 3508, 300), text}}, metadata());
    const std::vector<test::PdfWord> found = test::pdf_words(pdf);
    ASSERT_EQ(found.size(), text.words.size());
    for (std::size_t i = 0; i < found.size(); ++i) {
        const Box& box = text.words[i].box_px;
        EXPECT_NEAR(found[i].x0 / points_per_px, box.x0, 0.1) << text.words[i].text;
        EXPECT_NEAR(found[i].x1 / points_per_px, box.x1, 0.1) << text.words[i].text;
        EXPECT_NEAR(found[i].y0 / points_per_px, box.y0, 2.5) << text.words[i].text;
        EXPECT_NEAR(found[i].y1 / points_per_px, box.y1, 2.5) << text.words[i].text;
    }
}

TEST(BuildPdf, WordsThatTouchOrOverlapStayWords) {
    PageText text;
    text.lines.push_back({{100, 100, 700, 140}, 0, 132, 132});
    int x = 100;
    for (const char* word : {"un", "mot", "contre", "un", "autre"}) {
        text.words.push_back({word, {x, 100, x + 120, 132}, 0.9, 0, {}});
        x += 118;
    }
    const Bytes pdf = build_pdf({{bitonal_page(2480, 3508, 300), text}}, metadata());
    EXPECT_EQ(words_in(test::pdf_text(pdf)), words_of(text));
}

TEST(BuildPdf, TextOfALineThatSlopesStaysOneLine) {
    PageText text;
    text.lines.push_back({{200, 500, 2200, 560}, 0, 540, 552});
    for (int i = 0; i < 8; ++i) {
        const int x = 200 + 250 * i;
        const int baseline = 540 + 12 * i / 8;
        text.words.push_back(
            {"mot" + std::to_string(i), {x, baseline - 35, x + 232, baseline + 1}, 0.9, 0, {}}
        );
    }
    const Bytes pdf = build_pdf({{bitonal_page(2480, 3508, 300), text}}, metadata());
    EXPECT_EQ(test::pdf_text(pdf).substr(0, 39), "mot0 mot1 mot2 mot3 mot4 mot5 mot6 mot7");
}

TEST(BuildPdf, PictureBytesAreInTheFileUntouched) {
    const EncodedImage jpeg = jpeg_page(600, 800, 150, 3);
    const EncodedImage bitonal = bitonal_page(600, 800, 150);
    const std::string pdf = text_of(build_pdf({{jpeg, {}}, {bitonal, letter()}}, metadata()));
    EXPECT_NE(pdf.find(text_of(jpeg.bytes)), std::string::npos);
    EXPECT_NE(pdf.find(text_of(bitonal.bytes)), std::string::npos);
}

TEST(BuildPdf, PaintsThePictureAndNotTheText) {
    const test::ScratchFolder folder;
    const std::string with = (folder.path() / "with").string();
    const std::string without = (folder.path() / "without").string();
    const EncodedImage picture = bitonal_page(620, 877, 75);
    for (const auto& [name, text] : {std::pair(with, letter()), std::pair(without, PageText{})}) {
        const std::string pdf = text_of(build_pdf({{picture, text}}, metadata()));
        FILE* file = std::fopen((name + ".pdf").c_str(), "wb");
        ASSERT_NE(file, nullptr);
        std::fwrite(pdf.data(), 1, pdf.size(), file);
        std::fclose(file);
        ASSERT_EQ(
            test::run("pdftoppm -r 75 -gray -singlefile " + name + ".pdf " + name).exit_code, 0
        );
    }
    EXPECT_EQ(test::run("cmp " + with + ".pgm " + without + ".pgm").exit_code, 0);
    // The bar of the picture is black, the rest white: T.6 data was not taken for its negative.
    const std::string grey =
        test::run("tail -c " + std::to_string(620 * 877) + " " + with + ".pgm").output;
    ASSERT_EQ(grey.size(), 620U * 877U);
    EXPECT_EQ(static_cast<unsigned char>(grey[620U * 230U + 1U]), 0);
    EXPECT_EQ(static_cast<unsigned char>(grey[620U * 500U + 1U]), 255);
}

TEST(BuildPdf, SameInputGivesSameBytes) {
    const std::vector<PdfPage> pages = {{bitonal_page(800, 900, 200), letter()}};
    EXPECT_EQ(build_pdf(pages, metadata()), build_pdf(pages, metadata()));
    PdfMetadata other = metadata();
    other.document_id = "d-000041-2";
    EXPECT_NE(build_pdf(pages, metadata()), build_pdf(pages, other));
}

TEST(BuildPdf, HundredsOfPagesAreValid) {
    const PdfPage page{jpeg_page(248, 351, 30, 1), letter()}; // small: the judge unpacks all
    const std::vector<PdfPage> pages(400, page);
    const Bytes pdf = build_pdf(pages, metadata());
    EXPECT_LT(pdf.size(), 400U * (page.image.bytes.size() + 4096U));
    const test::Verdict syntax = test::qpdf_check(pdf);
    EXPECT_TRUE(syntax.good) << syntax.said;
}

TEST(BuildPdf, HugePagesAreDrawnSmallerInsteadOfLost) {
    expect_accepted(build_pdf({{bitonal_page(1000, 30000, 72), {}}}, metadata()));
}

TEST(BuildPdf, RefusesWhatCannotBeAPage) {
    EXPECT_THROW((void)build_pdf({}, metadata()), Error);
    EXPECT_THROW((void)build_pdf({{EncodedImage{}, letter()}}, metadata()), Error);
}

} // namespace
} // namespace pleiade::ged
