#pragma once
// The picture of one page side, decoded. What is done to it: capture/image. What it says: ocr.

#include "core/bytes.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace pleiade {

/// Where the pixel values came from; decides how the page is stored again.
enum class ColourDepth {
    Bitonal, ///< 1 bit in the file; held here as grey 0 or 255.
    Grey,    ///< 8 bits.
    Colour,  ///< 24 bits, RGB order.
};

/// Pixels in rows without padding: 1 channel (grey) or 3 (red, green, blue), 8 bits each, 0 =
/// black.
struct PageImage {
    int width_px = 0;
    int height_px = 0;
    int channels = 1; ///< 1 or 3.
    int dpi = 300;    ///< As the file says, or the best guess when it says nothing sensible.
    ColourDepth depth = ColourDepth::Grey;
    std::vector<std::uint8_t> pixels; ///< width_px * height_px * channels.

    [[nodiscard]] bool empty() const { return pixels.empty(); }
    [[nodiscard]] std::size_t row_bytes() const {
        return static_cast<std::size_t>(width_px) * static_cast<std::size_t>(channels);
    }
    [[nodiscard]] const std::uint8_t* row(int y) const {
        return pixels.data() + static_cast<std::size_t>(y) * row_bytes();
    }
};

/// How an encoded picture is packed. Ccitt4 and Jpeg are PDF stream filters as they stand; Layers
/// are several of them, see core/layered_picture.h.
enum class ImageCoding {
    Ccitt4, ///< ITU-T T.6, 1 bit, black is 0 after decoding with BlackIs1 false.
    Jpeg,   ///< ITU-T T.81 baseline.
    Layers, ///< A ground in JPEG with stencils of text in Ccitt4 over it.
};

/// A picture ready to be stored or put into a PDF without touching its bytes again.
struct EncodedImage {
    ImageCoding coding = ImageCoding::Jpeg;
    int width_px = 0;
    int height_px = 0;
    int channels = 1; ///< 1 or 3.
    int dpi = 300;
    Bytes bytes;
};

} // namespace pleiade
