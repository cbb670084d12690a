#pragma once
// Fields that are answered by ticking one of several boxes.
//
// A heuristic: all boxes of a question stand on one side of their words. Where no box was found
// beside the words, a lone x read before or behind them is the tick; where one choice alone is
// printed, it is the answer.

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
