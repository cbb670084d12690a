#pragma once
// Texts made comparable: lower case, no accents, no blanks or punctuation, and one letter for the
// characters that text recognition takes for each other.

#include <string>
#include <string_view>

namespace pleiade::classify {

/// a-z and 0-9 only: "Avis d'arrêt" becomes "avisdarret".
[[nodiscard]] std::string folded(std::string_view utf8);

/// As `folded`, with look-alikes made equal (0 o, 1 i l, 5 s, 8 b): for words, not for numbers.
[[nodiscard]] std::string match_key(std::string_view utf8);

/// The digit that a character stands for or is often read for: 'O' and 'o' give '0', 'l' gives '1'.
/// 0 when there is none. Source: domain.md; measured on no sample yet, the usual confusions.
[[nodiscard]] char as_digit(char c);

} // namespace pleiade::classify
