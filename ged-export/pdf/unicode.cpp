#include "ged-export/pdf/unicode.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace pleiade::ged {
namespace {

/// How many bytes the sequence that starts with `lead` has; 0 when none starts so.
std::size_t sequence_length(unsigned char lead) {
    // spec: Unicode 15, table 3-7
    if (lead < 0x80) {
        return 1;
    }
    if (lead >= 0xC2 && lead <= 0xDF) {
        return 2;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
        return 3;
    }
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/// Smallest code point that may be written with so many bytes: shorter ones are overlong.
constexpr std::array<char32_t, 5> smallest = {0, 0, 0x80, 0x800, 0x10000};

bool is_character(char32_t code_point, std::size_t length) {
    const bool surrogate = code_point >= 0xD800 && code_point <= 0xDFFF;
    return code_point >= smallest.at(length) && code_point <= 0x10FFFF && !surrogate;
}

} // namespace

std::u32string code_points(std::string_view utf8) {
    std::u32string result;
    result.reserve(utf8.size());
    std::size_t at = 0;
    while (at < utf8.size()) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        const std::size_t length = sequence_length(lead);
        bool good = length > 0 && at + length <= utf8.size();
        char32_t code_point = length <= 1 ? lead : lead & (0x7FU >> length);
        for (std::size_t i = 1; good && i < length; ++i) {
            const auto next = static_cast<unsigned char>(utf8[at + i]);
            good = (next & 0xC0U) == 0x80U;
            code_point = (code_point << 6U) | (next & 0x3FU);
        }
        good = good && is_character(code_point, length);
        result.push_back(good ? code_point : replacement_character);
        at += good ? length : 1;
    }
    return result;
}

void append_utf8(std::string& text, char32_t code_point) {
    const auto put = [&text](char32_t byte) { text.push_back(static_cast<char>(byte)); };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0U | (code_point >> 6U));
        put(0x80U | (code_point & 0x3FU));
    } else if (code_point < 0x10000) {
        put(0xE0U | (code_point >> 12U));
        put(0x80U | ((code_point >> 6U) & 0x3FU));
        put(0x80U | (code_point & 0x3FU));
    } else {
        put(0xF0U | (code_point >> 18U));
        put(0x80U | ((code_point >> 12U) & 0x3FU));
        put(0x80U | ((code_point >> 6U) & 0x3FU));
        put(0x80U | (code_point & 0x3FU));
    }
}

std::string mended(std::string_view utf8) {
    std::string result;
    for (const char32_t code_point : code_points(utf8)) {
        // spec: XML 1.0 production 2, Char; and the controls above ASCII, which show nothing
        const bool control = code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
        if (!control && code_point != 0xFFFE && code_point != 0xFFFF) {
            append_utf8(result, code_point);
        }
    }
    return result;
}

std::string xml_text(std::string_view utf8) {
    std::string result;
    for (const char byte : mended(utf8)) {
        switch (byte) {
        case '&':
            result += "&amp;";
            break;
        case '<':
            result += "&lt;";
            break;
        case '>':
            result += "&gt;";
            break;
        case '"':
            result += "&quot;";
            break;
        default:
            result += byte;
        }
    }
    return result;
}

std::string windows_1252(std::string_view utf8) {
    // spec: Windows-1252, bytes 0x80 to 0x9F; 0 where the code page has no character
    constexpr std::array<char32_t, 32> upper_controls = {
        0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};
    std::string result;
    for (const char32_t code_point : code_points(utf8)) {
        const bool ascii = code_point >= 0x20 && code_point < 0x7F;
        const bool latin_1 = code_point >= 0xA0 && code_point <= 0xFF;
        if (ascii || latin_1) {
            result.push_back(static_cast<char>(code_point));
            continue;
        }
        const auto* const found =
            std::find(upper_controls.begin(), upper_controls.end(), code_point);
        const bool known = code_point != 0 && found != upper_controls.end();
        result.push_back(known ? static_cast<char>(0x80 + (found - upper_controls.begin())) : '?');
    }
    return result;
}

} // namespace pleiade::ged
