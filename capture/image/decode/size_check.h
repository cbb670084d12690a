#pragma once
// Sizes and resolutions as files claim them, checked before anything is allocated or believed.

#include "capture/image/page_source.h"
#include "core/failure.h"

#include <cstdint>
#include <string>

namespace pleiade::image {

/// The Error for bytes that will never become a page.
[[nodiscard]] Error unusable(const std::string& sentence);

/// @param what Named in the message: "TIFF page 2", "this PNG picture".
/// @throws Error(FixInput) when a side is too short or too long for a page or the area is beyond
/// the limit.
void check_size(
    const std::string& what, std::uint64_t width, std::uint64_t height, const DecodeLimits& limits
);

/// A page of the checked size, all zero.
[[nodiscard]] PageImage page_of(std::uint64_t width, std::uint64_t height, ColourDepth depth);

struct Resolution {
    double x_dpi = 0.0; ///< 0 when the file does not say.
    double y_dpi = 0.0;
};

/// Sets the page's dpi from what the file says, or guesses it from the size when that is not
/// sensible; stretches pages whose pixels are not square (fax: 204 x 98 dpi).
/// @throws Error(FixInput) when the stretched page is beyond the limit.
void settle_resolution(PageImage& page, Resolution told, const DecodeLimits& limits);

/// Turns and mirrors the pixels as TIFF and EXIF number orientations.
/// Source: TIFF 6.0 section 8, Orientation. Numbers other than 2 to 8 change nothing.
void apply_orientation(PageImage& page, int orientation);

} // namespace pleiade::image
