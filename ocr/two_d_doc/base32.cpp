#include "ocr/two_d_doc/base32.h"

namespace pleiade::ocr {
namespace {

constexpr unsigned bits_of_character = 5;
constexpr unsigned bits_of_byte = 8;

std::optional<unsigned> value_of(char c) {
    if (c >= 'A' && c <= 'Z') {
        return static_cast<unsigned>(c - 'A');
    }
    if (c >= '2' && c <= '7') {
        return static_cast<unsigned>(c - '2') + 26U;
    }
    return std::nullopt;
}

} // namespace

std::optional<Bytes> from_base32(std::string_view text) {
    while (!text.empty() && text.back() == '=') {
        text.remove_suffix(1);
    }
    Bytes bytes;
    bytes.reserve(text.size() * bits_of_character / bits_of_byte);
    unsigned waiting = 0; // the bits that are not yet a byte
    unsigned count = 0;
    for (const char c : text) {
        const std::optional<unsigned> value = value_of(c);
        if (!value.has_value()) {
            return std::nullopt;
        }
        waiting = (waiting << bits_of_character) | *value;
        count += bits_of_character;
        if (count >= bits_of_byte) {
            count -= bits_of_byte;
            bytes.push_back(static_cast<std::byte>(waiting >> count));
            waiting &= (1U << count) - 1U;
        }
    }
    if (count >= bits_of_character || waiting != 0) {
        return std::nullopt;
    }
    return bytes;
}

} // namespace pleiade::ocr
