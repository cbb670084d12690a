#pragma once
// Leptonica pictures made from ours, and freed with their owner.

#include "core/box.h"
#include "core/page_image.h"

#include <leptonica/allheaders.h>

#include <memory>

namespace pleiade::ocr {

struct PixDeleter {
    void operator()(Pix* pix) const { pixDestroy(&pix); }
};
using PixOwner = std::unique_ptr<Pix, PixDeleter>;

/// White space around a picture, in its own pixels, so that letters do not touch the edge.
struct Margin {
    int px = 0;
};

/// An 8-bit copy of the part `box` of a one-channel page.
/// @throws Error(FixInput) when Leptonica cannot hold the picture.
[[nodiscard]] PixOwner make_pix(const PageImage& grey, const Box& box, Margin margin);

/// The picture at another size. Reducing averages, so thin strokes fade but do not break.
[[nodiscard]] PixOwner scaled(const PixOwner& pix, double factor);

} // namespace pleiade::ocr
