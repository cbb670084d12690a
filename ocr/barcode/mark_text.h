#pragma once
// The text of a symbol as the rest of the platform can keep it.

#include <string>
#include <string_view>

namespace pleiade::ocr {

/// UTF-8 that every database and JSON reader takes. Symbols may hold any bytes (a 2D-Doc ends with
/// its signature): control bytes but tab, line ends and the separators FS to US, and bytes that are
/// no UTF-8, become "\x00" with two hexadecimal digits.
[[nodiscard]] std::string keepable_text(std::string_view text);

} // namespace pleiade::ocr
