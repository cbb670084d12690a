#include "ocr/barcode/mark_text.h"

#include "core/hex.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

unsigned byte_at(std::string_view text, std::size_t place) {
    return static_cast<unsigned char>(text[place]);
}

/// How many bytes the character at the front has; 0 when it is no UTF-8.
///
/// Source: The Unicode Standard, table 3-7, well-formed UTF-8 byte sequences.
std::size_t character_length(std::string_view text) {
    const unsigned first = byte_at(text, 0);
    if (first < 0x80) {
        return 1;
    }
    const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < length) {
        return 0;
    }
    const unsigned lowest = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    const unsigned highest = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (byte_at(text, 1) < lowest || byte_at(text, 1) > highest) {
        return 0;
    }
    const std::string_view rest = text.substr(2, length - 2);
    const bool follow = std::all_of(rest.begin(), rest.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
    });
    return follow ? length : 0;
}

bool is_unwanted_control(unsigned byte) {
    const bool kept = byte == '\t' || byte == '\n' || byte == '\r' || byte >= 0x1C;
    return byte == 0x7F || (byte < 0x20 && !kept);
}

} // namespace

std::string keepable_text(std::string_view text) {
    std::string kept;
    while (!text.empty()) {
        const std::size_t length = character_length(text);
        if (length == 0 || is_unwanted_control(byte_at(text, 0))) {
            kept += "\\x" + hex_of(bytes_of(text.substr(0, 1)));
            text.remove_prefix(1);
        } else {
            kept += text.substr(0, length);
            text.remove_prefix(length);
        }
    }
    return kept;
}

} // namespace pleiade::ocr
