#pragma once
// The whole of a linear code, from the one scan line on which it was read, and whether it can be
// one at all.

#include "core/box.h"
#include "ocr/barcode/symbols.h"

#include <opencv2/core.hpp>

namespace pleiade::ocr {

/// The box of a linear symbol over the full height of its bars: rows are added as long as each
/// looks like the one before.
[[nodiscard]] Box grown_along_bars(const cv::Mat& grey, const Symbol& symbol);

/// Whether a linear symbol is one, and not letters or a hatching read as one.
///
/// A heuristic. What no strokes can imitate (Code 128, Code 93, DataBar, EAN-13, UPC-A) needs bars
/// 2 mm high. The others (ITF, Codabar, Code 39, EAN-8, UPC-E) need bars 3 mm
/// high, higher than a line of text, and a twelfth of their length, and a least number of
/// characters: ITF 6, Codabar 6, Code 39 3. Shorter and lower real codes of those kinds are lost.
[[nodiscard]] bool plausible(const Symbol& symbol, const Box& box, int dpi);

} // namespace pleiade::ocr
