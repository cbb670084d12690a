#pragma once
// The fields of a 2D-Doc's message or annex.

#include "core/sealed_document.h"

#include <string_view>
#include <vector>

namespace pleiade::ocr {

/// Whose meaning the two characters before each value have.
enum class FieldNames {
    Ants,    ///< Perimeter 01, and versions 1 and 2.
    Unknown, ///< Another perimeter: every value goes to its separator and has its id for a name.
};

/// In the order of the code; the same id may come twice. Never more than a code can hold.
[[nodiscard]] std::vector<SealedField> fields_of(std::string_view message, FieldNames names);

} // namespace pleiade::ocr
