#include "classify/rules/folding.h"

#include <array>
#include <cstdint>

namespace pleiade::classify {
namespace {

// U+00C0 to U+00FF without their accents; a blank where there is no letter.
constexpr std::string_view latin1_letters = "aaaaaaaceeeeiiiidnooooo ouuuuyts"
                                            "aaaaaaaceeeeiiiidnooooo ouuuuyty";
static_assert(latin1_letters.size() == 64);

struct CodePoint {
    std::uint32_t value = 0;
    std::size_t bytes = 1;
};

/// The code point at `at`; a broken sequence gives 0 and one byte.
CodePoint code_point(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<std::uint32_t>(static_cast<unsigned char>(text[i]))
                               : 0U;
    };
    const std::uint32_t first = byte(at);
    const auto tail = [&](std::size_t i) { return byte(at + i) & 0x3FU; };
    if (first < 0x80) {
        return {first, 1};
    }
    if ((first & 0xE0U) == 0xC0 && at + 1 < text.size()) {
        return {((first & 0x1FU) << 6U) | tail(1), 2};
    }
    if ((first & 0xF0U) == 0xE0 && at + 2 < text.size()) {
        return {((first & 0x0FU) << 12U) | (tail(1) << 6U) | tail(2), 3};
    }
    return {0, 1};
}

void append_folded(std::string& into, std::uint32_t c) {
    constexpr std::uint32_t oe_upper = 0x152;
    constexpr std::uint32_t oe_lower = 0x153;
    constexpr std::uint32_t fi = 0xFB01;
    constexpr std::uint32_t fl = 0xFB02;
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z')) {
        into += static_cast<char>(c);
    } else if (c >= 'A' && c <= 'Z') {
        into += static_cast<char>(c - 'A' + 'a');
    } else if (c == 0xC6 || c == 0xE6) {
        into += "ae";
    } else if (c >= 0xC0 && c <= 0xFF) {
        if (const char letter = latin1_letters[c - 0xC0]; letter != ' ') {
            into += letter;
        }
    } else if (c == oe_upper || c == oe_lower) {
        into += "oe";
    } else if (c == fi || c == fl) {
        into += c == fi ? "fi" : "fl";
    }
}

} // namespace

std::string folded(std::string_view utf8) {
    std::string result;
    result.reserve(utf8.size());
    for (std::size_t at = 0; at < utf8.size();) {
        const CodePoint point = code_point(utf8, at);
        append_folded(result, point.value);
        at += point.bytes;
    }
    return result;
}

std::string match_key(std::string_view utf8) {
    std::string padded;
    padded.reserve(utf8.size());
    for (const char c : utf8) {
        padded += c == '|' || c == '!' ? 'l' : c; // strokes that are letters more often than not
    }
    std::string key = folded(padded);
    for (char& c : key) {
        switch (c) {
        case '0':
            c = 'o';
            break;
        case '1':
        case 'i':
            c = 'l';
            break;
        case '5':
            c = 's';
            break;
        case '8':
            c = 'b';
            break;
        default:
            break;
        }
    }
    return key;
}

char as_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c;
    }
    switch (c) {
    case 'O':
    case 'o':
    case 'D':
    case 'Q':
        return '0';
    case 'I':
    case 'i':
    case 'l':
    case '|':
    case '!':
        return '1';
    case 'Z':
    case 'z':
        return '2';
    case 'S':
    case 's':
        return '5';
    case 'G':
        return '6';
    case 'B':
        return '8';
    default:
        return 0;
    }
}

} // namespace pleiade::classify
