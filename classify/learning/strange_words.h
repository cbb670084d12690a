#pragma once
// A page as if it were worded otherwise: what a model that knows its sentences by heart makes of
// mail it has not seen.

#include "core/page_reading.h"

namespace pleiade::classify {

/// The page with this share of its spellings, wherever they stand, turned into words of no
/// language. Numbers stay. The same page and seed give the same page.
[[nodiscard]] PageReading with_strange_words(PageReading page, double share, unsigned seed);

} // namespace pleiade::classify
