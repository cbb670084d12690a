#pragma once
// What the reading process gives back for one page: the reading and the pictures made while at it.

#include "core/page_image.h"
#include "core/page_reading.h"

namespace pleiade {

struct PageRead {
    PageReading reading;
    EncodedImage page_image; ///< The cleaned page, ready to go into a PDF.
    EncodedImage preview;    ///< Small, for screens.
};

} // namespace pleiade
