#pragma once
// The two things we want from the EXIF block of a JPEG file: orientation and resolution.

#include "capture/image/decode/size_check.h"
#include "core/bytes.h"

namespace pleiade::image {

struct ExifFacts {
    int orientation = 1; ///< 1 to 8, 1 when not said.
    Resolution resolution;
};

/// @param segment An APP1 marker's data ("Exif", two zero bytes, a TIFF header ...).
/// Broken blocks give what could be read; they never throw: the picture itself may be fine.
[[nodiscard]] ExifFacts read_exif(BytesView segment);

} // namespace pleiade::image
