#pragma once
// Bytes as they travel between modules, and the name under which the store keeps them.

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade {

using Bytes = std::vector<std::byte>;
using BytesView = std::span<const std::byte>;

/// The bytes of a text, without copying.
[[nodiscard]] inline BytesView bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

/// A text made of the given bytes.
[[nodiscard]] inline std::string text_of(BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Name of an immutable blob: its SHA-256 as 64 lower-case hexadecimal digits.
struct BlobId {
    std::string sha256;

    auto operator<=>(const BlobId&) const = default;
};

} // namespace pleiade
