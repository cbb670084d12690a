#pragma once
// Separator sheets of a caisse as a PDF to print: `pleiade separators`.

#include "core/bytes.h"

#include <string>

namespace pleiade::pipeline {

struct SeparatorOrder {
    std::string caisse;      ///< Three digits; "000" for mixed mail.
    std::string caisse_name; ///< Printed on the lot header.
    std::string label;       ///< What the lot header calls the lot; may be empty.
    int pli_sheets = 1;
    int document_sheets = 1;
    bool patch_t = false; ///< Patch T bars on the pli sheets, for scanners that look for them.
};

/// One lot header, then the pli sheets, then the document sheets.
[[nodiscard]] Bytes separator_pdf(const SeparatorOrder& order);

} // namespace pleiade::pipeline
