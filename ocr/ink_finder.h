#pragma once
// Finds what a form holds beside its words: ticked and empty boxes, signatures, stamps.
//
// A heuristic: a box whose frame is paler than half the ink of the page, or broken on one side, is
// not found, and a stamp is ink as a signature is.

#include "core/page_image.h"
#include "core/page_ink.h"
#include "core/page_text.h"

namespace pleiade::ocr {

/// @param text The words read on the page: their ink is no signature.
[[nodiscard]] PageInk find_ink(const PageImage& grey, const PageText& text);

} // namespace pleiade::ocr
