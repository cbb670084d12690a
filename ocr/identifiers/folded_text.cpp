#include "ocr/identifiers/folded_text.h"

#include <array>
#include <cstdint>

namespace pleiade::ocr {
namespace {

// U+00C0 to U+00FF without accents; '*' marks the ones that are no letters or need two.
constexpr std::string_view latin_1_letters =
    "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y";
static_assert(latin_1_letters.size() == 64);

/// One code point and how many bytes it took; malformed bytes count as one blank.
struct CodePoint {
    std::uint32_t value = U' ';
    std::size_t bytes = 1;
};

CodePoint code_point_at(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<std::uint8_t>(text[at + i]) : std::uint8_t{0};
    };
    const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    if (byte(0) < 0x80U) {
        return {byte(0), 1};
    }
    if ((byte(0) & 0xE0U) == 0xC0U && continues(1)) {
        return {(byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU), 2};
    }
    if ((byte(0) & 0xF0U) == 0xE0U && continues(1) && continues(2)) {
        return {(byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU), 3};
    }
    if ((byte(0) & 0xF8U) == 0xF0U && continues(1) && continues(2) && continues(3)) {
        return {U' ', 4};
    }
    return {U' ', 1};
}

std::string folded_point(std::uint32_t value) {
    if (value < 0x80U) {
        const char c = static_cast<char>(value);
        return {c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c};
    }
    switch (value) {
    case 0xB0: // degree sign
    case 0xBA: // masculine ordinal indicator
        return "o";
    case 0xC6:
    case 0xE6:
        return "ae";
    case 0x152:
    case 0x153:
        return "oe";
    case 0x2019: // typographic apostrophe
        return "'";
    default:
        break;
    }
    if (value >= 0xC0U && value <= 0xFFU && latin_1_letters[value - 0xC0U] != '*') {
        return {latin_1_letters[value - 0xC0U]};
    }
    return " ";
}

} // namespace

std::string folded(std::string_view utf8) {
    std::string text;
    text.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = code_point_at(utf8, at);
        text += folded_point(point.value);
        at += point.bytes;
    }
    return text;
}

} // namespace pleiade::ocr
