#pragma once
// What the two characters before a value mean, and the document types, in perimeter 01.
//
// Source: ANTS / France Titres, V3.3.9, chapters 6 and 7.

#include <string_view>

namespace pleiade::ocr {

enum class ValueKind {
    Text,
    Day,    ///< DDMMYYYY.
    HexDay, ///< Days since 2000-01-01, four hexadecimal digits.
};

struct KnownField {
    std::string_view id;
    std::string_view name; ///< Never changes once it was given: people's programs read it.
    unsigned longest = 0;  ///< Characters; 0 = as many as there are.
    ValueKind kind = ValueKind::Text;
};

/// Null when the table does not know it.
[[nodiscard]] const KnownField* known_field(std::string_view id);

/// French; empty when the table does not know it.
[[nodiscard]] std::string_view type_name_of(std::string_view type_code);

} // namespace pleiade::ocr
