#pragma once
// Text mended and converted for the places where it goes in a PDF: what is not UTF-8 becomes
// U+FFFD, so that no character of a page can stop its delivery.

#include <string>
#include <string_view>

namespace pleiade::ged {

inline constexpr char32_t replacement_character = 0xFFFD; // spec: Unicode, Specials

[[nodiscard]] std::u32string code_points(std::string_view utf8);

/// Mended, and without control characters: the same text for every place it is shown in.
[[nodiscard]] std::string mended(std::string_view utf8);

/// For use in XML text and attributes: mended, & < > " escaped.
[[nodiscard]] std::string xml_text(std::string_view utf8);

/// Windows-1252, which PDF calls WinAnsiEncoding; "?" for what it does not hold.
[[nodiscard]] std::string windows_1252(std::string_view utf8);

/// UTF-8 of one code point.
void append_utf8(std::string& text, char32_t code_point);

} // namespace pleiade::ged
