#pragma once
// The values of a document: what stands right of or below its printed label, or the only value of
// its kind.

#include "classify/rules/layout.h"
#include "core/decision.h"
#include "core/document_type.h"
#include "core/page_reading.h"

#include <vector>

namespace pleiade::classify {

/// @param page_indexes The document's pages, into `pages` and `layouts`.
[[nodiscard]] std::vector<Field> read_fields(
    const DocumentType& type,
    const std::vector<int>& page_indexes,
    const std::vector<PageReading>& pages,
    const std::vector<Layout>& layouts
);

} // namespace pleiade::classify
