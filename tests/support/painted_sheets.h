#pragma once
// Sheets of paper with a back that is blank or is not, of every kind the mail room sees; the same
// every time for the same kind and seed.

#include "core/page_image.h"

#include <optional>
#include <string>
#include <vector>

namespace pleiade::test {

struct PaintedSheet {
    std::string kind;     ///< "heavy bleed-through in black and white".
    bool written = false; ///< Whether the back says anything.
    PageImage back;
    std::optional<PageImage> front; ///< Where the back cannot be judged without it.
};

/// How many kinds there are.
[[nodiscard]] std::size_t kinds_of_sheets();

/// @param kind 0 to kinds_of_sheets() - 1.
[[nodiscard]] PaintedSheet painted_sheet(std::size_t kind, unsigned seed);

} // namespace pleiade::test
