#pragma once
// Values of tables: what stands below the heading of a column, row by row.

#include "classify/rules/field_values.h"
#include "core/decision.h"
#include "core/document_type.h"

#include <vector>

namespace pleiade::classify {

/// Each value of the column, or their sum, as the rule says. A row that says "total" ends it.
/// @param candidates Of the page, of every kind.
[[nodiscard]] std::vector<Field> column_fields(
    const FieldRule& rule,
    const std::vector<Candidate>& candidates,
    const Layout& layout,
    int page_index
);

} // namespace pleiade::classify
