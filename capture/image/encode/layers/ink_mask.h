#pragma once
// Which pixels of a page are ink: clearly darker than the paper around them, in strokes.

#include "capture/image/encode/layers/scales.h"
#include "capture/image/encode/one_bit.h"

#include <opencv2/core.hpp>

namespace pleiade::image {

/// The threshold follows paper and ink from place to place: half-way between the paper and the
/// darkest stroke nearby. Where nothing stands out from the paper, nothing is ink.
/// @param grey One channel.
[[nodiscard]] OneBit ink_mask(const Scales& grey);

/// How many of each 2 x 2 pixels are ink, 0 to 4, in the size of Scales::half.
[[nodiscard]] cv::Mat coverage_of(const OneBit& mask, cv::Size half_size);

} // namespace pleiade::image
