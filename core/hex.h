#pragma once
// Bytes as lower-case hexadecimal digits, two for each.

#include "core/bytes.h"

#include <optional>
#include <string>
#include <string_view>

namespace pleiade {

[[nodiscard]] inline std::string hex_of(BytesView bytes) {
    constexpr const char* digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const std::byte byte : bytes) {
        text.push_back(digits[std::to_integer<unsigned>(byte) >> 4U]);
        text.push_back(digits[std::to_integer<unsigned>(byte) & 0xFU]);
    }
    return text;
}

/// Nothing unless the text is what hex_of() writes.
[[nodiscard]] inline std::optional<Bytes> bytes_from_hex(std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    if (text.size() % 2 != 0) {
        return std::nullopt;
    }
    Bytes bytes;
    bytes.reserve(text.size() / 2);
    for (std::size_t i = 0; i < text.size(); i += 2) {
        const std::size_t high = digits.find(text[i]);
        const std::size_t low = digits.find(text[i + 1]);
        if (high == std::string_view::npos || low == std::string_view::npos) {
            return std::nullopt;
        }
        bytes.push_back(static_cast<std::byte>(high << 4U | low));
    }
    return bytes;
}

} // namespace pleiade
