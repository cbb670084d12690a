#pragma once
// A TrueType font whose one glyph is empty: it carries text for searching and shows nothing.
//
// Source: OpenType 1.9 (table formats), PDF Reference 1.4 section 5.6 (composite fonts).

#include <string>

namespace pleiade::ged {

inline constexpr int glyph_em = 1000;     // chosen: then font units are those of the PDF
inline constexpr int glyph_advance = 500; // chosen: half the type size, near that of real letters

/// The font file: .notdef and one glyph, both empty and glyph_advance wide.
[[nodiscard]] std::string glyphless_truetype();

/// CIDToGIDMap that shows every 16-bit code with that one glyph.
[[nodiscard]] std::string every_code_to_glyph_1();

/// ToUnicode CMap in which every code stands for the character of the same number.
[[nodiscard]] std::string code_is_character();

} // namespace pleiade::ged
