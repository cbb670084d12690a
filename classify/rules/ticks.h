#pragma once
// Fields that are answered by ticking one of several boxes.
//
// A heuristic: a box belongs to the words right of it, else to those left of it. Where no box was
// found beside the words, a lone x read before or behind them is the tick.

#include "classify/rules/layout.h"
#include "core/decision.h"
#include "core/document_type.h"
#include "core/page_reading.h"

#include <optional>

namespace pleiade::classify {

/// Nothing when no box or more than one is ticked.
[[nodiscard]] std::optional<Field>
ticked_choice(const FieldRule& rule, const PageReading& page, const Layout& layout, int page_index);

/// The choice whose text is printed on the page; nothing when several are: notices name them all.
[[nodiscard]] std::optional<Field>
printed_choice(const FieldRule& rule, const Layout& layout, int page_index);

} // namespace pleiade::classify
