#pragma once
// A font that is put into PDFs, for sheets that must look the same for ever. Read by the caller: a
// value.
//
// Source: Adobe Type 1 Font Format (1990); Adobe Font Metrics 4.1; PDF Reference 1.4, 5.5 and 5.8.

#include "core/bytes.h"
#include "core/units.h"

#include <array>
#include <string>
#include <string_view>

namespace pleiade::ged {

struct PrintFont {
    std::string name; ///< As in the font: "NimbusSans-Regular".
    Bytes program;    ///< Type 1, the middle part encrypted and binary.
    std::size_t clear_bytes = 0;
    std::size_t encrypted_bytes = 0;
    std::array<int, 4> box{};      ///< Of all letters, in thousandths of the type size.
    std::array<int, 256> widths{}; ///< By Windows-1252 code, likewise; 0 for what there is none of.
};

/// @param program A ".t1" file, not in hexadecimal digits.
/// @param metrics The ".afm" file beside it.
/// @throws Error(FixConfiguration) when they are no such files or lack letters of French.
[[nodiscard]] PrintFont print_font(Bytes program, std::string_view metrics);

/// Of UTF-8 text as drawing_pdf_a shows it.
[[nodiscard]] Millimetres
text_width(const PrintFont& font, const std::string& text, Millimetres size);

} // namespace pleiade::ged
