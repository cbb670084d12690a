#include "capture/lot_folder.h"

#include <array>
#include <cctype>
#include <string_view>

namespace pleiade::capture {
namespace {

unsigned byte_at(std::string_view text, std::size_t index) {
    return index < text.size() ? static_cast<unsigned char>(text[index]) : 0U;
}

/// How many bytes of `text` from `begin` are one character; 0 when they are none.
///
/// Source: RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF.
std::size_t character_bytes(std::string_view text, std::size_t begin) {
    struct Form {
        unsigned first_low, first_high, second_low, second_high;
        std::size_t bytes;
    };
    constexpr std::array<Form, 8> forms{
        {{0x01, 0x7F, 0, 0, 1},
         {0xC2, 0xDF, 0x80, 0xBF, 2},
         {0xE0, 0xE0, 0xA0, 0xBF, 3},
         {0xE1, 0xEC, 0x80, 0xBF, 3},
         {0xED, 0xED, 0x80, 0x9F, 3},
         {0xEE, 0xEF, 0x80, 0xBF, 3},
         {0xF0, 0xF0, 0x90, 0xBF, 4},
         {0xF1, 0xF4, 0x80, 0xBF, 4}}};
    const unsigned first = byte_at(text, begin);
    for (const Form& form : forms) {
        if (first < form.first_low || first > form.first_high) {
            continue;
        }
        for (std::size_t i = 1; i < form.bytes; ++i) {
            const unsigned low = i == 1 ? form.second_low : 0x80U;
            const unsigned high = i == 1 ? (first == 0xF4U ? 0x8FU : form.second_high) : 0xBFU;
            const unsigned byte = byte_at(text, begin + i);
            if (byte < low || byte > high) {
                return 0;
            }
        }
        return form.bytes;
    }
    return 0;
}

/// A backslash that could be taken for one of ours.
bool looks_escaped(std::string_view text, std::size_t begin) {
    return byte_at(text, begin) == '\\' && byte_at(text, begin + 1) == 'x' &&
           std::isxdigit(static_cast<int>(byte_at(text, begin + 2))) != 0 &&
           std::isxdigit(static_cast<int>(byte_at(text, begin + 3))) != 0;
}

std::string escape(unsigned byte) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    return {'\\', 'x', digits[byte >> 4U], digits[byte & 0xFU]};
}

} // namespace

std::string name_text(const std::filesystem::path& path) {
    const std::string name = path.generic_string();
    std::string text;
    for (std::size_t i = 0; i < name.size();) {
        const std::size_t bytes = looks_escaped(name, i) ? 0 : character_bytes(name, i);
        if (bytes == 0) {
            text += escape(byte_at(name, i));
            ++i;
        } else {
            text.append(name, i, bytes);
            i += bytes;
        }
    }
    return text;
}

} // namespace pleiade::capture
