#pragma once
// What a page is known by when the same sheet of paper comes a second time. Whether two are the
// same: core/facts.h.

#include "core/facts.h"
#include "core/page_reading.h"

namespace pleiade::classify {

/// Of a page that says something; empty otherwise.
[[nodiscard]] PagePrint print_of(const PageReading& page);

/// Whether what the two have in common was filled in and not printed: a number of a person, an
/// account or a registered letter, or two dates. Copies of a form whose handwriting was not read
/// have no more in common than their form.
[[nodiscard]] bool share_what_is_filled_in(const PageReading& ours, const PagePrint& theirs);

} // namespace pleiade::classify
