#pragma once
// Whether a page can be read at all: sharpness, darkness, contrast, cut edges, resolution.

#include "capture/image/clean/blobs.h"
#include "capture/image/clean/working_copy.h"
#include "core/page_image.h"
#include "core/page_reading.h"

namespace pleiade::image {

/// @param raw The page before anything was done to it, one channel.
/// @param copy, blobs Of the same page.
[[nodiscard]] PageQuality
quality_of(const PageImage& raw, const WorkingCopy& copy, const Blobs& blobs);

} // namespace pleiade::image
