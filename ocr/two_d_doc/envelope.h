#pragma once
// The parts of a 2D-Doc: header, signed bytes, message, signature, annex. Nothing is judged here.

#include "core/bytes.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pleiade::ocr {

struct TwoDDocHeader {
    int version = 0; ///< 1 to 4.
    std::string authority;
    std::string certificate;
    std::optional<std::chrono::sys_days> issued_on;
    std::optional<std::chrono::sys_days> signed_on;
    std::string type_code;
    std::string perimeter; ///< Empty before version 3.
    std::string country;   ///< Empty before version 4.
};

struct TwoDDocEnvelope {
    TwoDDocHeader header;
    std::string_view signed_bytes; ///< Header and message, without the separator US behind them.
    std::string_view message;
    Bytes signature;        ///< r and s one behind the other; empty when there is none to be read.
    std::string_view annex; ///< As the message, but nobody has signed it.
};

/// Whether the content of a mark is meant to be a 2D-Doc, of whatever version.
[[nodiscard]] bool looks_like_two_d_doc(std::string_view content);

/// Views into `content`. Nothing when the header is not one of versions 1 to 4.
[[nodiscard]] std::optional<TwoDDocEnvelope> open_two_d_doc(std::string_view content);

/// The day that four hexadecimal digits count from 2000-01-01; nothing for FFFF or anything else.
[[nodiscard]] std::optional<std::chrono::sys_days> day_from_hex(std::string_view text);

} // namespace pleiade::ocr
