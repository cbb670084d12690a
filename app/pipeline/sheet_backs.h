#pragma once
// Backs of sheets on which nothing is seen but the front shining through: found when both sides are
// there, because one side alone cannot tell.

#include "app/pipeline/reader_process.h"
#include "app/wire/reader_protocol.h"
#include "core/page_reading.h"

namespace pleiade::pipeline {

/// Whether so much was read that the side has something to say, whatever its front looks like.
[[nodiscard]] bool says_enough(int word_count, double confidence);

/// Whether the back says nothing of its own. What the reader cannot compare stays a written side.
/// @throws ReaderLost
[[nodiscard]] bool is_blank_back(const wire::CompareSides& sides, ReaderProcess& reader);

/// The reading of such a back: what was read on it was noise.
[[nodiscard]] PageReading as_blank(PageReading reading);

/// Of the cleaned page, which the preview shows whole.
[[nodiscard]] double width_mm(int width_px, int dpi);

} // namespace pleiade::pipeline
