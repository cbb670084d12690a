#pragma once
// Which pages of a pli make one document.

#include "classify/rules/type_rules.h"
#include "core/page_reading.h"

#include <vector>

namespace pleiade::classify {

/// Page indexes of each document, in order. Separator sheets are in none, every other page is in
/// exactly one. Document separators decide when there are any; else what the pages show.
[[nodiscard]] std::vector<std::vector<int>>
split_documents(const std::vector<PageReading>& pages, const std::vector<PageGuess>& guesses);

} // namespace pleiade::classify
