#include "ged-export/pdf/text_layer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace pleiade::ged {
namespace {

using ::testing::HasSubstr;

const PixelScale scale{0.24, 842.0};

PageText one_line(std::vector<Word> words) {
    PageText text;
    text.lines.push_back({{0, 0, 1000, 100}, 0, 80, 80});
    text.words = std::move(words);
    return text;
}

std::string layer_of(const PageText& text) {
    ShapeFonts fonts;
    return text_layer(text, scale, fonts);
}

std::ptrdiff_t shown_strings(const std::string& layer) {
    std::ptrdiff_t count = 0;
    for (std::size_t at = layer.find(" Tj"); at != layer.npos; at = layer.find(" Tj", at + 1)) {
        ++count;
    }
    return count;
}

TEST(TextLayer, OfNothingIsNothing) {
    EXPECT_EQ(layer_of({}), "");
    EXPECT_EQ(layer_of(one_line({{"", {0, 0, 10, 10}, 0, 0, {}}})), "");
    EXPECT_EQ(layer_of(one_line({{"x", {10, 10, 10, 10}, 0, 0, {}}})), "");
    EXPECT_EQ(layer_of(one_line({{"\x01", {0, 0, 10, 10}, 0, 0, {}}})), "");
}

TEST(TextLayer, WordAdvancesByTheWidthOfItsBox) {
    // Type size 72 px of ink above the baseline / 0.72 = 100 px = 24 pt; two characters of half a
    // size advance 100 px by nature, so 150 px need 150 percent.
    const std::string layer = layer_of(one_line({{"ab", {200, 8, 350, 80}, 0.9, 0, {}}}));
    EXPECT_THAT(layer, HasSubstr("3 Tr"));
    EXPECT_THAT(layer, HasSubstr("/F0 24 Tf 1 0 0 1 48 822.8 Tm 150 Tz <00610062> Tj"));
}

TEST(TextLayer, BlankStandsBetweenWordsOfALineOnly) {
    PageText text = one_line(
        {{"a", {0, 8, 50, 80}, 0.9, 0, {}},
         {"b", {100, 8, 150, 80}, 0.9, 0, {}},
         {"c", {0, 110, 50, 180}, 0.9, 1, {}}}
    );
    text.lines.push_back({{0, 100, 1000, 200}, 0, 180, 180});
    const std::string layer = layer_of(text);
    EXPECT_EQ(shown_strings(layer), 4);
    EXPECT_THAT(layer, HasSubstr("<0061> Tj\n100 Tz <0020> Tj"));
}

TEST(TextLayer, WordsOfALineHaveOneSizeAndAFontForEachShape) {
    ShapeFonts fonts;
    const PageText text = one_line(
        {{"Ab", {0, 8, 50, 80}, 0.9, 0, {}},
         {"gap", {100, 30, 150, 100}, 0.9, 0, {}},
         {"Bc", {200, 8, 250, 80}, 0.9, 0, {}}}
    );
    const std::string layer = text_layer(text, scale, fonts);
    EXPECT_EQ(fonts.all().size(), 2U);
    EXPECT_THAT(layer, HasSubstr("/F0 24 Tf"));
    EXPECT_THAT(layer, HasSubstr("/F1 24 Tf"));
    EXPECT_EQ(fonts.name_of({700, 1}), "F0");
    EXPECT_EQ(fonts.name_of({500, 200}), "F1");
}

TEST(TextLayer, FrameTakenForALetterDoesNotBlowUpItsLine) {
    const std::string layer = layer_of(one_line(
        {{"ab", {0, 44, 50, 80}, 0.9, 0, {}},
         {"|", {60, -500, 65, 80}, 0.9, 0, {}},
         {"cd", {70, 44, 120, 80}, 0.9, 0, {}}}
    ));
    EXPECT_THAT(layer, HasSubstr(" 19.2 Tf")); // 1.6 times 36 px of ink / 0.72 * 0.24
}

TEST(TextLayer, WordsThatTouchGiveWayToABlank) {
    const std::string layer = layer_of(
        one_line({{"ab", {0, 8, 100, 80}, 0.9, 0, {}}, {"cd", {101, 8, 201, 80}, 0.9, 0, {}}})
    );
    EXPECT_THAT(layer, HasSubstr("84 Tz <00610062> Tj\n34 Tz <0020> Tj")); // 17 px of 100 free
}

TEST(TextLayer, LineThatIsNotThereOrLiesElsewhereLeavesTheBottomOfTheBox) {
    PageText text = one_line({{"x", {0, 300, 50, 400}, 0.9, 0, {}}});
    EXPECT_THAT(layer_of(text), HasSubstr("1 0 0 1 0 746 Tm")); // 842 - 0.24 * 400
    text.words[0].line_index = 7;
    EXPECT_THAT(layer_of(text), HasSubstr("1 0 0 1 0 746 Tm"));
    text.words[0].line_index = -1;
    EXPECT_THAT(layer_of(text), HasSubstr("1 0 0 1 0 746 Tm"));
}

TEST(TextLayer, CharactersBeyondSixteenBitsAreReplaced) {
    EXPECT_THAT(
        layer_of(one_line({{"a\U0001F4C4", {0, 10, 50, 80}, 0.9, 0, {}}})), HasSubstr("<0061FFFD>")
    );
}

TEST(TextLayer, LongestWordsAreShownInPieces) {
    const PageText text = one_line({{std::string(40000, 'x'), {0, 10, 900, 80}, 0.9, 0, {}}});
    EXPECT_EQ(shown_strings(layer_of(text)), 3);
}

} // namespace
} // namespace pleiade::ged
