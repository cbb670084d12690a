#include "capture/image/encode/one_bit.h"

#include "capture/image/pixel/mat.h"

#include <opencv2/core.hpp>

#include <bit>
#include <cstring>

namespace pleiade::image {

void pack_row(const std::uint8_t* row, int width, std::uint8_t* target) {
    static_assert(std::endian::native == std::endian::little);
    // Of each byte the one bit that is its place in the result; the product adds all up on top.
    constexpr std::uint64_t places = 0x0102040810204080;
    constexpr std::uint64_t sum_on_top = 0x0101010101010101;
    const int whole = width / 8;
    for (int i = 0; i < whole; ++i) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, row + 8 * i, 8);
        target[i] = static_cast<std::uint8_t>(((eight & places) * sum_on_top) >> 56U);
    }
    if (const int left = width % 8; left > 0) {
        unsigned last = 0;
        for (int i = 0; i < left; ++i) {
            last |= static_cast<unsigned>(row[8 * whole + i] & 1U) << static_cast<unsigned>(7 - i);
        }
        target[whole] = static_cast<std::uint8_t>(last);
    }
}

OneBit one_bit_of(const PageImage& page) {
    constexpr int middle = 128;
    OneBit picture(page.width_px, page.height_px);
    const cv::Mat pixels = as_mat(page);
    cv::Mat black;
    for (int y = 0; y < page.height_px; ++y) {
        cv::compare(pixels.row(y), middle, black, cv::CMP_LT);
        pack_row(black.ptr(), page.width_px, picture.row(y));
    }
    return picture;
}

} // namespace pleiade::image
