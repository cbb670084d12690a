#pragma once
// How a page looks, in 32 bytes: to find its picture again after another scan. Tells layouts apart,
// not what is filled in: two copies of one form look alike.
//
// Method: the signs of the lowest cosine frequencies, as in C. Zauner, Implementation and
// Benchmarking of Perceptual Image Hash Functions, 2010.

#include "core/page_image.h"

#include <string>

namespace pleiade::image {

/// 64 hexadecimal digits of an upright, cleaned page. A few bits change with another scan, half of
/// them with another layout.
/// @throws std::logic_error when the picture has no pixels.
[[nodiscard]] std::string picture_print_of(const PageImage& page);

/// Share of the page that bears colour, 0 to 1; more than nothing only with three channels.
[[nodiscard]] double coloured_share_of(const PageImage& page);

} // namespace pleiade::image
