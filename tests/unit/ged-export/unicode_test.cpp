#include "ged-export/pdf/number.h"
#include "ged-export/pdf/unicode.h"

#include <gtest/gtest.h>

namespace pleiade::ged {
namespace {

TEST(CodePoints, OfTextAreItsCharacters) {
    EXPECT_EQ(code_points("aé€œ"), U"aé€œ");
    EXPECT_EQ(code_points("\xF0\x9F\x93\x84"), U"\U0001F4C4");
    EXPECT_EQ(code_points(""), U"");
}

TEST(CodePoints, OfAnythingElseAreReplacedByteByByte) {
    EXPECT_EQ(code_points("a\xFF"), U"a\uFFFD");
    EXPECT_EQ(code_points("\xC3"), U"\uFFFD");           // cut short
    EXPECT_EQ(code_points("\xC0\xAF"), U"\uFFFD\uFFFD"); // overlong
    EXPECT_EQ(code_points("\xE0\x80\x80"), U"\uFFFD\uFFFD\uFFFD");
    EXPECT_EQ(code_points("\xED\xA0\x80"), U"\uFFFD\uFFFD\uFFFD"); // a surrogate
    EXPECT_EQ(code_points("\xC3(x"), U"\uFFFD(x");
}

TEST(AppendUtf8, UndoesCodePoints) {
    const std::string text = "aé€\xF0\x9F\x93\x84";
    std::string again;
    for (const char32_t code_point : code_points(text)) {
        append_utf8(again, code_point);
    }
    EXPECT_EQ(again, text);
}

TEST(XmlText, HasNoMarkupAndNoControls) {
    EXPECT_EQ(xml_text("a<b>&\"c\"\n\x01é\x7F"), "a&lt;b&gt;&amp;&quot;c&quot;é");
}

TEST(Windows1252, HoldsFrenchAndAsksForTheRest) {
    EXPECT_EQ(windows_1252("ÉTÉ à 5 € – œ"), "\xC9T\xC9 \xE0 5 \x80 \x96 \x9C");
    EXPECT_EQ(windows_1252("日\n"), "??");
}

TEST(Number, IsPlainAndShort) {
    EXPECT_EQ(number(595.2), "595.2");
    EXPECT_EQ(number(0.0), "0");
    EXPECT_EQ(number(-0.0001), "0");
    EXPECT_EQ(number(100.0), "100");
    EXPECT_EQ(number(-12.0046), "-12.005");
    EXPECT_EQ(number(1e9), "1000000000");
}

} // namespace
} // namespace pleiade::ged
