#pragma once
// What a document should hold and does not: listed together, so that its sender is asked once.

#include "classify/rules/layout.h"
#include "core/decision.h"
#include "core/document_type.h"
#include "core/page_reading.h"

#include <vector>

namespace pleiade::classify {

/// Mandatory fields that are absent or unreadable, and the signature. Where the place to sign was
/// not found, or the ink of the page was not looked for, nothing is said about it: nobody is asked
/// for a signature that may be there.
[[nodiscard]] std::vector<MissingField> missing_of(
    const DocumentType& type,
    const ProposedDocument& document,
    const std::vector<PageReading>& pages,
    const std::vector<Layout>& layouts
);

} // namespace pleiade::classify
