#pragma once
// A page of our own that goes through everything a page may go through: read once before the first
// foreign byte, so that no library opens or loads anything later.

#include "core/bytes.h"

namespace pleiade::reader {

/// A PDF with a line of text in a font that is not embedded. Lives as long as the program.
[[nodiscard]] BytesView practice_page();

} // namespace pleiade::reader
