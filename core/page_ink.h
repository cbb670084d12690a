#pragma once
// Ink on a page that is no text: small boxes and whether they are ticked, and writing such as
// signatures.

#include "core/box.h"

#include <vector>

namespace pleiade {

struct TickBox {
    Box box_px; ///< Its frame.
    bool ticked = false;
    double ink = 0.0; ///< Share of its inside that is inked, 0 to 1.
};

struct PageInk {
    bool measured = false; ///< False in readings kept by versions that did not look for it.
    std::vector<TickBox> tick_boxes;
    std::vector<Box> blocks_px; ///< Where ink stands that is neither words nor ruled lines.
};

} // namespace pleiade
