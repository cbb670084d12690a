#pragma once
// The text of a page: its lines found and each of them read, together in reading order.

#include "core/page_image.h"
#include "core/page_text.h"
#include "ocr/lines/text_lines.h"
#include "ocr/lstm/line_reader.h"

namespace pleiade::ocr {

/// Every line that stands on an upright page.
[[nodiscard]] PageText read_lines(const PageImage& page, const LineReader& reader);

/// One zone, every word with its characters: the lines found in it, else the whole zone as a line.
[[nodiscard]] PageText read_lines_of_zone(
    const PageImage& grey, const Box& zone_px, ZoneContent content, const LineReader& reader
);

} // namespace pleiade::ocr
