#pragma once
// Other pictures of the same number, so that a second look is not the first one again.

#include "core/box.h"
#include "core/page_image.h"

namespace pleiade::ocr {

/// The part of a one-channel page, each pixel the mean of its neighbours: noise and broken strokes
/// are read differently.
[[nodiscard]] PageImage softened(const PageImage& grey, const Box& part);

} // namespace pleiade::ocr
