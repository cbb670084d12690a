#pragma once
// Whether a page side says anything.

#include "capture/image/clean/blobs.h"
#include "capture/image/clean/working_copy.h"

namespace pleiade::image {

/// True when there are only punch and staple holes, dust, streaks, folds and shadows. Bleed-through
/// is no ink to begin with. One short typed line, a stamp, a signature or a barcode is something.
/// A heuristic that rather calls a dirty page written than a written page blank; it fails on a
/// single isolated letter and on pencil too faint to be ink.
[[nodiscard]] bool is_blank(const WorkingCopy& copy, const Blobs& blobs);

} // namespace pleiade::image
