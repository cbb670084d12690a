#pragma once
// Grey and colour pictures as baseline JPEG.

#include "core/page_image.h"

namespace pleiade::image {

/// @param quality 1 to 100, libjpeg's scale. Colour is stored at half resolution (4:2:0).
/// @throws std::runtime_error when libjpeg refuses, which no valid page makes it do.
[[nodiscard]] Bytes jpeg_of(const PageImage& page, int quality);

} // namespace pleiade::image
