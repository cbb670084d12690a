#pragma once
// Whether a page can be read at all: sharpness, darkness, contrast, cut edges, resolution, streaks,
// the sheet's outline. In the sense of NF Z42-026: what a person should look at, never a reason to
// refuse.

#include "capture/image/clean/blobs.h"
#include "capture/image/clean/working_copy.h"
#include "core/page_image.h"
#include "core/page_reading.h"

namespace pleiade::image {

/// What was found out about the page before.
struct Side {
    bool blank = false;
    int turned_deg = 0; ///< For naming edges; see PageGeometry.
};

/// @param raw The page before anything was done to it, one channel.
/// @param copy, blobs Of the same page.
[[nodiscard]] PageQuality
quality_of(const PageImage& raw, const WorkingCopy& copy, const Blobs& blobs, const Side& side);

} // namespace pleiade::image
