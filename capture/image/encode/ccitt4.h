#pragma once
// One-bit pictures as ITU-T T.6.

#include "capture/image/encode/one_bit.h"
#include "core/bytes.h"

namespace pleiade::image {

/// The bare T.6 stream. The pixels are taken, because libtiff turns them round in their place.
/// @throws std::runtime_error when libtiff refuses, which no valid page makes it do.
[[nodiscard]] Bytes ccitt4_of(OneBit page);

} // namespace pleiade::image
