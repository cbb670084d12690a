#pragma once
// Whether a page has colour or even shades, so that it is kept no larger than what is on it.

#include "core/page_image.h"

namespace pleiade::image {

/// Whether any of it would be missed in grey: a stamp, a blue pen, a logo; not yellowish paper and
/// not the coloured fringes that scanners draw at edges. A heuristic over a reduced picture.
[[nodiscard]] bool has_real_colour(const PageImage& page);

/// The page in the smallest depth that keeps every pixel exactly: Bitonal when all are black or
/// white, Grey when all have three equal channels.
[[nodiscard]] PageImage without_needless_colour(PageImage page);

} // namespace pleiade::image
