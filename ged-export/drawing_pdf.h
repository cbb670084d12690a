#pragma once
// Sheets that the program draws itself, as a vector PDF: to be printed (separators) or filed
// (statements). Not for documents: those are pdf_document.h.

#include "core/bytes.h"
#include "core/clock.h"
#include "core/drawing.h"
#include "ged-export/print_font.h"

#include <string>
#include <vector>

namespace pleiade::ged {

/// One page per drawing, in the size of the drawing, black, in Helvetica (not embedded: one of the
/// 14 fonts every PDF program has). Same input, same bytes.
/// @throws Error(FixInput) without any drawing.
[[nodiscard]] Bytes drawing_pdf(const std::vector<Drawing>& drawings);

/// The same as PDF/A-1b, in a font that goes into the file; bold is that font with an outline.
/// @throws Error(FixInput) without any drawing.
[[nodiscard]] Bytes drawing_pdf_a(
    const std::vector<Drawing>& drawings,
    const PrintFont& font,
    const std::string& title,
    Instant created
);

} // namespace pleiade::ged
