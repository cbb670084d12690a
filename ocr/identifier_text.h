#pragma once
// Puts what the identifier finder read into the text of the page, so that a search in the PDF finds
// a NIR whose digits stood in the cells of a form.

#include "core/identifier.h"
#include "core/page_text.h"

#include <vector>

namespace pleiade::ocr {

/// The text with the words inside each valid identifier's box replaced by the identifier as
/// printed, where the words say something else. Other words, lines and their order stay.
[[nodiscard]] PageText with_identifiers(PageText text, const std::vector<Identifier>& identifiers);

} // namespace pleiade::ocr
