#pragma once
// Bytes as lower-case hexadecimal digits, two for each.

#include "core/bytes.h"

#include <string>

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

} // namespace pleiade
