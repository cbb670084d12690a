#pragma once
// Pages of text in grey or colour as layers: the paper coarse, the ink sharp. Why: docs/adr/0011.

#include "capture/image/encode/layers/scales.h"
#include "core/layered_picture.h"

#include <optional>
#include <vector>

namespace pleiade::image {

/// The page in layers, from the paper up; nothing when it is no page of text, so that too much of
/// it would not look like the page.
/// @param page In the channels in which it is to be stored, 1 or 3.
/// @param grey The same in one channel.
/// @param dpi Written into the pictures.
[[nodiscard]] std::optional<std::vector<PictureLayer>>
layers_of_page(const Scales& page, const Scales& grey, int dpi);

} // namespace pleiade::image
