#pragma once
// From segments of text to lines and blocks in the order a person reads them.

#include "core/box.h"
#include "ocr/lines/text_lines.h"

#include <vector>

namespace pleiade::ocr {

/// A heuristic: columns are read one after the other only where both are running text; labels and
/// values of a form stay on one line.
[[nodiscard]] std::vector<FoundLine>
in_reading_order(std::vector<TextSegment> segments, const Box& page_px, int dpi);

} // namespace pleiade::ocr
