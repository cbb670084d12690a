#pragma once
// What a page is by its shape and not by its words: an envelope, the opening of a letter, a sheet
// that says it is not the first.

#include "classify/rules/address.h"
#include "classify/rules/layout.h"
#include "classify/rules/letter_shape.h"
#include "core/page_reading.h"

#include <optional>
#include <string>
#include <vector>

namespace pleiade::classify {

struct PageShape {
    PageKind kind = PageKind::Sheet;
    std::optional<Box> opening; ///< "Madame, Monsieur," or "Objet : ..." alone on its line.
    std::optional<Box> closing; ///< "Veuillez agréer ...", "Cordialement", far below the top.
    bool says_further = false;  ///< "volet 2", "page 2", "2/3".
    std::string print_stamp;    ///< "26/09/2025 09:39" above all else: printed from a web page.
    int small_print = 0; ///< Matters of the backs of forms that it speaks of: penalties, privacy.
    int words = 0;       ///< With letters.
    bool headed = false; ///< Words in larger type above all others, or somebody's address.
    std::optional<Box> machine_readable; ///< Lines of an identity paper filled up with "<".
    std::vector<ShapeSign> envelope_signs;
    std::vector<ShapeSign> letter_signs;
};

[[nodiscard]] PageShape shape_of(const PageReading& page, const Layout& layout);

} // namespace pleiade::classify
