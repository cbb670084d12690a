#pragma once
// Dates in the words of a page.

#include "core/identifier.h"
#include "ocr/identifiers/token.h"

#include <vector>

namespace pleiade::ocr {

/// Dates with separators or a month name; eight digits without separators only after a word such
/// as "le", "date" or "né". Nothing else verifies a date than that its day exists.
[[nodiscard]] std::vector<Identifier> dates_of(const std::vector<Token>& tokens);

} // namespace pleiade::ocr
