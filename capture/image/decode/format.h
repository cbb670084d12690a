#pragma once
// Which file format bytes are, by their first bytes and never by the file's name.

#include "core/bytes.h"

namespace pleiade::image {

enum class Format { Tiff, Jpeg, Png, Jpeg2000, Pdf, Bmp, Gif, Webp, Unknown };

[[nodiscard]] Format format_of(BytesView bytes);

} // namespace pleiade::image
