#pragma once
// Whether a page can be read at all: sharpness, darkness, contrast, cut edges, resolution, streaks,
// the sheet's outline. In the sense of NF Z42-026: what a person should look at, never a reason to
// refuse.

#include "capture/image/clean/blobs.h"
#include "capture/image/clean/working_copy.h"
#include "core/page_image.h"
#include "core/page_reading.h"

namespace pleiade::image {

/// @param raw The page before anything was done to it, one channel.
/// @param copy, blobs Of the same page.
/// @param turned_deg How the page lies, for naming edges; see PageGeometry.
[[nodiscard]] PageQuality
quality_of(const PageImage& raw, const WorkingCopy& copy, const Blobs& blobs, int turned_deg);

} // namespace pleiade::image
