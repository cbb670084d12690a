#pragma once
// One-bit pictures as ITU-T T.6.

#include "core/page_image.h"

namespace pleiade::image {

/// The bare T.6 stream of a one-channel page: below the middle of the grey scale is black.
/// @throws std::runtime_error when libtiff refuses, which no valid page makes it do.
[[nodiscard]] Bytes ccitt4_of(const PageImage& page);

} // namespace pleiade::image
