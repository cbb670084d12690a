#pragma once
// A page picture in several layers, each packed by itself, as one row of bytes. The reading process
// makes them, the store keeps them, the PDF paints them one over the other. Why: docs/adr/0011.

#include "core/box.h"
#include "core/page_image.h"

#include <cstdint>
#include <vector>

namespace pleiade {

/// Red, green and blue, 0 to 255 each, in sRGB.
struct Ink {
    std::uint8_t red = 0;
    std::uint8_t green = 0;
    std::uint8_t blue = 0;

    constexpr bool operator==(const Ink&) const = default;
};

/// One layer. Jpeg: a picture that covers its box. Ccitt4: a stencil, whose black pixels are
/// painted in `ink` and whose white ones let through what lies below.
struct PictureLayer {
    ImageCoding coding = ImageCoding::Jpeg; ///< Jpeg or Ccitt4.
    int width_px = 0;                       ///< Of the layer's own pixels, which need not be as
    int height_px = 0;                      ///< fine as those of the page.
    int channels = 1;                       ///< Of a Jpeg: 1 or 3.
    Box box_px; ///< Where it lies, in pixels of the page; beyond the page it is cut off.
    Ink ink;    ///< Of a stencil.
    Bytes bytes;
};

inline constexpr std::size_t most_layers = 32; // chosen: ground, inks and some patches

/// The layers from the lowest to the topmost as the bytes of an EncodedImage of coding Layers.
[[nodiscard]] Bytes packed_layers(const std::vector<PictureLayer>& layers);

/// The layers of such a picture, lowest first.
/// @throws Error(FixInput) when the bytes are no layers, or one has no size, no place on the page
/// or no content. What the layers' own streams hold is not looked at.
[[nodiscard]] std::vector<PictureLayer> layers_of(const EncodedImage& picture);

} // namespace pleiade
