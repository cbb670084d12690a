#pragma once
// Which pages of a pli make one document.

#include "classify/rules/type_rules.h"
#include "classify/understand.h"

#include <vector>

namespace pleiade::classify {

/// Page indexes of each document, in order; every page that is no separator sheet is in exactly
/// one. Document separators decide when there are any; else what the pages show.
[[nodiscard]] std::vector<std::vector<int>>
split_documents(const ReadPli& pli, const std::vector<PageGuess>& guesses);

} // namespace pleiade::classify
