#pragma once
// Identifiers inside barcodes and 2-D codes.

#include "core/identifier.h"
#include "core/mark.h"

#include <vector>

namespace pleiade::ocr {

/// A number counts when it is a whole element of the code's text: all of it, a part between control
/// characters or punctuation, or a 2D-Doc value after its two-character name. Nothing is repaired.
[[nodiscard]] std::vector<Identifier> identifiers_of(const Mark& mark);

} // namespace pleiade::ocr
