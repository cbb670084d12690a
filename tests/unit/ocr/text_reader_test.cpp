#include "core/failure.h"
#include "ocr/text_reader.h"

#include <gmock/gmock.h>
#include <leptonica/allheaders.h>

#include <memory>
#include <string>

namespace pleiade::ocr {
namespace {

/// Words drawn with Leptonica's own bitmap font (about 20 point at 300 dpi, twice enlarged).
PageImage page_saying(const std::string& text) {
    constexpr int font_point = 20;
    constexpr int times = 2;
    Pix* small = pixCreate(1240, 400, 8);
    pixSetAll(small);
    L_Bmf* font = bmfCreate(nullptr, font_point);
    l_int32 overflow = 0;
    l_int32 width = 0;
    pixSetTextline(small, font, text.c_str(), 0, 100, 200, &width, &overflow);
    bmfDestroy(&font);
    Pix* large = pixExpandReplicate(small, times);
    PageImage page;
    page.width_px = static_cast<int>(pixGetWidth(large));
    page.height_px = static_cast<int>(pixGetHeight(large));
    for (int y = 0; y < page.height_px; ++y) {
        for (int x = 0; x < page.width_px; ++x) {
            l_uint32 value = 0;
            pixGetPixel(large, x, y, &value);
            page.pixels.push_back(static_cast<std::uint8_t>(value));
        }
    }
    pixDestroy(&large);
    pixDestroy(&small);
    return page;
}

std::unique_ptr<TextReader> reader() {
    return make_tesseract_text_reader({});
}

TEST(TextReader, ReadsTheWordsOfAPageWithTheirPlace) {
    const PageText text = reader()->read_page(page_saying("Caisse primaire de Nice"));
    EXPECT_EQ(text.plain(), "Caisse primaire de Nice");
    EXPECT_GT(text.confidence, 0.7);
    ASSERT_EQ(text.lines.size(), 1U);
    ASSERT_EQ(text.words.size(), 4U);
    for (const Word& word : text.words) {
        EXPECT_EQ(word.line_index, 0);
        EXPECT_TRUE(word.characters.empty());
        EXPECT_EQ(intersection(word.box_px, text.lines[0].box_px), word.box_px);
    }
    EXPECT_LT(text.words[0].box_px.x1, text.words[1].box_px.x0);
    EXPECT_NEAR(text.words[0].box_px.x0, 200, 20) << "in pixels of the page, not of what is read";
    EXPECT_NEAR(text.lines[0].baseline_y0_px, 400, 20);
    EXPECT_NEAR(text.lines[0].baseline_y1_px, 400, 20);
}

TEST(TextReader, ReadsAZoneCharacterByCharacter) {
    const PageImage page = page_saying("1 84 05 06");
    const Box zone{150, 260, 1200, 440};
    const PageText text = reader()->read_zone(page, zone, ZoneContent::Digits);
    std::string digits;
    int right_px = zone.x0;
    bool second_choice = false;
    for (const Word& word : text.words) {
        for (const Character& character : word.characters) {
            digits += character.text;
            EXPECT_GE(character.box_px.x1, right_px);
            EXPECT_EQ(intersection(character.box_px, zone), character.box_px);
            EXPECT_GT(character.confidence, 0.0);
            EXPECT_LE(character.second_confidence, character.confidence);
            second_choice = second_choice || !character.second.empty();
            right_px = character.box_px.x1;
        }
    }
    EXPECT_EQ(digits, "1840506");
    EXPECT_TRUE(second_choice);
}

TEST(TextReader, ReadsOnlyDigitsWhereOnlyDigitsMayStand) {
    const PageImage page = page_saying("SOLDE");
    const PageText text = reader()->read_zone(page, {150, 260, 1200, 440}, ZoneContent::Digits);
    EXPECT_EQ(text.plain().find_first_of("SOLDE"), std::string::npos);
}

TEST(TextReader, ReadsAPageTheSameAfterAnyOther) {
    const auto one = reader();
    const PageImage page = page_saying("Feuille de soins");
    const PageText before = one->read_page(page);
    static_cast<void>(
        one->read_zone(page_saying("184050"), {150, 260, 1200, 440}, ZoneContent::Digits)
    );
    static_cast<void>(one->read_page(page_saying("Avis de travail")));
    const PageText after = one->read_page(page);
    EXPECT_EQ(before.plain(), after.plain());
    EXPECT_EQ(before.confidence, after.confidence);
}

TEST(TextReader, SaysNothingOfABlankPageOrAnEmptyZone) {
    PageImage page;
    page.width_px = 600;
    page.height_px = 400;
    page.pixels.assign(600U * 400U, 255);
    EXPECT_TRUE(reader()->read_page(page).words.empty());
    EXPECT_TRUE(reader()->read_page(PageImage{}).words.empty());
    EXPECT_TRUE(reader()->read_zone(page, {10, 10, 300, 60}, ZoneContent::Text).words.empty());
    EXPECT_TRUE(reader()->read_zone(page, {700, 10, 800, 60}, ZoneContent::Text).words.empty());
}

TEST(TextReader, NamesThePackageOfMissingLanguageData) {
    try {
        static_cast<void>(make_tesseract_text_reader({.data_folder = "/nonexistent"}));
        FAIL() << "no error";
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixConfiguration);
        EXPECT_THAT(error.what(), ::testing::HasSubstr("tesseract-ocr-fra"));
    }
}

} // namespace
} // namespace pleiade::ocr
