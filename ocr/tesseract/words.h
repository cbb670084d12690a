#pragma once
// What Tesseract recognised, as values of core.

#include "core/page_text.h"
#include "ocr/lstm/line_reader.h"

#include <tesseract/baseapi.h>

namespace pleiade::ocr {

/// From the pixels Tesseract saw back to those of the page: page = seen / scale + offset.
struct Placement {
    double scale = 1.0;
    int offset_x_px = 0;
    int offset_y_px = 0;
    Box within_px; ///< Nothing is placed outside.
};

/// The words of the last Recognize(), in reading order.
[[nodiscard]] PageText
recognised_text(tesseract::TessBaseAPI& engine, const Placement& placement, Detail detail);

} // namespace pleiade::ocr
