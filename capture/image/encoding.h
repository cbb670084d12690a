#pragma once
// Pictures packed for storage: as PDF image streams that need no further touch, and as previews for
// screens.

#include "core/page_image.h"

namespace pleiade::image {

/// Bitonal pages become one CCITT G4 strip without TIFF header (PDF: CCITTFaxDecode, K -1,
/// BlackIs1 false), others coarse paper with the ink sharp over it (core/layered_picture.h) or,
/// where that would lose something, baseline JPEG; a colour page without real colour becomes grey.
/// @throws std::logic_error when the picture has no pixels or too few for its size.
[[nodiscard]] EncodedImage encode_for_pdf(const PageImage& page);

/// A JPEG whose longer side has at most `longest_px` pixels; never larger than the page itself.
/// @throws std::logic_error when the picture has no pixels or `longest_px` is not positive.
[[nodiscard]] EncodedImage encode_preview(const PageImage& page, int longest_px);

} // namespace pleiade::image
