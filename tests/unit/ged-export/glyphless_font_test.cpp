#include "ged-export/pdf/glyphless_font.h"

#include <gtest/gtest.h>

#include <cstdint>

namespace pleiade::ged {
namespace {

std::uint32_t number_at(const std::string& bytes, std::size_t at, std::size_t length) {
    std::uint32_t number = 0;
    for (std::size_t i = at; i < at + length; ++i) {
        number = number << 8U | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    }
    return number;
}

std::uint32_t sum_of_words(const std::string& bytes, std::size_t at, std::size_t length) {
    std::uint32_t sum = 0;
    for (std::size_t i = at; i < at + length; i += 4) {
        sum += number_at(bytes, i, 4);
    }
    return sum;
}

TEST(GlyphlessFont, ChecksumsAreThoseTheFormatAsksFor) {
    const std::string font = glyphless_truetype();
    EXPECT_EQ(sum_of_words(font, 0, font.size()), 0xB1B0AFBAU);
    const std::uint32_t tables = number_at(font, 4, 2);
    ASSERT_EQ(tables, 8U);
    for (std::size_t entry = 12; entry < 12 + 16 * tables; entry += 16) {
        const std::uint32_t offset = number_at(font, entry + 8, 4);
        const std::uint32_t length = number_at(font, entry + 12, 4);
        EXPECT_EQ(offset % 4, 0U);
        EXPECT_LE(offset + length, font.size());
        if (font.substr(entry, 4) != "head") { // holds the sum of the whole file as well
            EXPECT_EQ(number_at(font, entry + 4, 4), sum_of_words(font, offset, length))
                << font.substr(entry, 4);
        }
    }
}

TEST(GlyphlessFont, EveryCodeHasTheOneGlyph) {
    const std::string map = every_code_to_glyph_1();
    ASSERT_EQ(map.size(), 131072U);
    EXPECT_EQ(map.find_first_not_of(std::string("\0\1", 2)), std::string::npos);
    EXPECT_EQ(number_at(map, 2 * 0xFFFD, 2), 1U);
}

TEST(GlyphlessFont, BlocksOfTheCharacterMapHoldWhatTheySay) {
    const std::string map = code_is_character();
    std::size_t ranges = 0;
    for (std::size_t at = map.find("> <"); at != std::string::npos; at = map.find("> <", at + 1)) {
        ++ranges;
    }
    EXPECT_EQ(ranges, 1U + 2U * 256U); // the code space, and two blanks in each range
    EXPECT_NE(map.find("100 beginbfrange\n<0000> <00FF> <0000>"), std::string::npos);
    EXPECT_NE(map.find("56 beginbfrange\n<C800> <C8FF> <C800>"), std::string::npos);
}

} // namespace
} // namespace pleiade::ged
