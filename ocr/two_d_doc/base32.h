#pragma once
// Base32 as 2D-Docs have it: capitals, without padding.
//
// Source: RFC 4648 section 6.

#include "core/bytes.h"

#include <optional>
#include <string_view>

namespace pleiade::ocr {

/// Nothing when a character is not of the alphabet or bits beyond the last byte are not zero: two
/// texts never stand for the same bytes. '=' at the end is passed over.
[[nodiscard]] std::optional<Bytes> from_base32(std::string_view text);

} // namespace pleiade::ocr
