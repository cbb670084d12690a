#pragma once
// What verified 2D-Docs say about the fields of a document: they win over what was read from print.

#include "core/decision.h"
#include "core/document_type.h"
#include "core/page_reading.h"

#include <string>
#include <vector>

namespace pleiade::classify {

/// A field that print and seal tell differently: the paper may have been altered.
struct SealConflict {
    std::string field;  ///< "iban".
    int page_index = 0; ///< Of the printed value.
};

struct SealedFields {
    std::vector<Field> fields;
    std::vector<SealConflict> conflicts;
};

/// The fields that were read, with what a verified 2D-Doc on the document's pages gives in their
/// stead or besides. Only fields that the type has, and only for attachments: issuers seal bank
/// details, pay slips, tax notices, identity papers; what is found on a form's pages may be about
/// somebody else. Where two 2D-Docs tell a field differently, neither counts.
[[nodiscard]] SealedFields with_sealed_fields(
    std::vector<Field> read,
    const DocumentType& type,
    const std::vector<int>& page_indexes,
    const std::vector<PageReading>& pages
);

} // namespace pleiade::classify
