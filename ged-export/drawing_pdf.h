#pragma once
// Sheets to be printed (separators) as a vector PDF. Not for documents: those are pdf_document.h.

#include "core/bytes.h"
#include "core/drawing.h"

#include <vector>

namespace pleiade::ged {

/// One page per drawing, in the size of the drawing, black, in Helvetica (not embedded: one of the
/// 14 fonts every PDF program has). Same input, same bytes.
/// @throws Error(FixInput) without any drawing.
[[nodiscard]] Bytes drawing_pdf(const std::vector<Drawing>& drawings);

} // namespace pleiade::ged
