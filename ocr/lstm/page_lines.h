#pragma once
// The text of a page whose lines are found: each line read, together in reading order.

#include "core/page_image.h"
#include "core/page_text.h"
#include "ocr/lines/text_lines.h"
#include "ocr/lstm/line_reader.h"

#include <vector>

namespace pleiade::ocr {

[[nodiscard]] PageText
read_lines(const PageImage& grey, const std::vector<FoundLine>& lines, const LineReader& reader);

/// One zone, every word with its characters: the lines found in it, else the whole zone as a line.
[[nodiscard]] PageText read_lines_of_zone(
    const PageImage& grey, const Box& zone_px, ZoneContent content, const LineReader& reader
);

} // namespace pleiade::ocr
