#pragma once
// Whether a page is laid out and worded like a letter, however badly its words were read: lines of
// running prose by somebody who says "je" to somebody called "vous".

#include "classify/rules/layout.h"

#include <vector>

namespace pleiade::classify {

/// Of the text of a page. measured: typed pages 0.88 to 0.96, by hand 0.40 to 0.47
inline constexpr double well_read = 0.8;

struct ShapeSign {
    const char* what = "";
    Box box_px;
    double weight = 0.0;
};

/// Empty when the page is no letter. A heuristic: an attestation in the first person looks alike,
/// so these signs only fill up what words have not proved (type_rules.cpp).
[[nodiscard]] std::vector<ShapeSign> letter_signs(const Layout& layout);

} // namespace pleiade::classify
