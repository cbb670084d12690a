#pragma once
// Pictures of one bit a pixel, as fax coding and stencils want them.

#include "core/page_image.h"

#include <opencv2/core.hpp>

#include <cstdint>
#include <vector>

namespace pleiade::image {

/// Eight pixels to a byte, black as 1, the first pixel in the highest bit; rows start at bytes and
/// what is left of their last byte is 0.
struct OneBit {
    OneBit(int width, int height)
        : width_px(width),
          height_px(height),
          stride(static_cast<std::size_t>(width + 7) / 8),
          bits(stride * static_cast<std::size_t>(height), 0) {}

    int width_px;
    int height_px;
    std::size_t stride; ///< Bytes a row.
    std::vector<std::uint8_t> bits;

    [[nodiscard]] std::uint8_t* row(int y) {
        return bits.data() + static_cast<std::size_t>(y) * stride;
    }
    [[nodiscard]] const std::uint8_t* row(int y) const {
        return bits.data() + static_cast<std::size_t>(y) * stride;
    }
};

/// Packs `width` bytes that are 0 or 255 (black); `target` gets (width + 7) / 8 bytes.
void pack_row(const std::uint8_t* row, int width, std::uint8_t* target);

/// One channel, black below the middle of the grey scale.
[[nodiscard]] OneBit one_bit_of(const PageImage& page);

} // namespace pleiade::image
