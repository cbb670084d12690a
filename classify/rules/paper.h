#pragma once
// Whether two pages are the same sheet of paper, scanned and read twice.
//
// The picture alone cannot say so: copies of one form look alike, whoever filled them in. So the
// words with digits must agree, which is what people fill in, mostly, and none that is surely read
// may stand on one page and another in its place on the other.

#include "core/facts.h"
#include "core/page_reading.h"

namespace pleiade::classify {

/// Of a page that says something; empty otherwise.
[[nodiscard]] PagePrint print_of(const PageReading& page);

/// A heuristic. Takes two copies of one form for the same when they differ in handwriting alone
/// that was not read; misses a second scan in which a date was surely read and wrong.
[[nodiscard]] bool is_same_paper(const PagePrint& a, const PagePrint& b);

/// Whether what the two have in common was filled in and not printed: a number of a person, an
/// account or a registered letter, or two dates. Copies of a form whose handwriting was not read
/// have no more in common than their form.
[[nodiscard]] bool share_what_is_filled_in(const PageReading& ours, const PagePrint& theirs);

} // namespace pleiade::classify
