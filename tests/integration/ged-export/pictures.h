#pragma once
// Small pictures packed as a scanner's pages would be, for tests that need real image streams.

#include "core/page_image.h"

namespace pleiade::test {

/// A bitonal page with a black bar, packed as ITU-T T.6.
[[nodiscard]] EncodedImage bitonal_page(int width_px, int height_px, int dpi);

/// A page that fades from dark to light, packed as JPEG with 1 or 3 channels.
[[nodiscard]] EncodedImage jpeg_page(int width_px, int height_px, int dpi, int channels);

} // namespace pleiade::test
