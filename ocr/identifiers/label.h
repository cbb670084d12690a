#pragma once
// Printed words that say what number stands beside or below them.

#include "core/identifier.h"
#include "ocr/identifiers/token.h"

#include <string_view>
#include <vector>

namespace pleiade::ocr {

struct Label {
    IdentifierKind kind = IdentifierKind::Nir;
    std::size_t token = 0; ///< Index of its (last) token.
    Box box_px;
    int line_index = 0;
};

/// Labels of the page in reading order; one wrong letter in a longer word is forgiven.
[[nodiscard]] std::vector<Label> labels_of(const std::vector<Token>& tokens);

/// How many characters at the beginning of `token` are a label or "No" glued to a number.
[[nodiscard]] std::size_t glued_label_length(std::string_view token);

/// The nearest label before `first_token` on its line is of this kind, or else one stands just
/// above `box_px`.
[[nodiscard]] bool is_labelled(
    IdentifierKind kind,
    const Token& first,
    std::size_t first_token,
    const std::vector<Label>& labels
);

/// Characters to insert, delete or replace to make one text of the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

} // namespace pleiade::ocr
