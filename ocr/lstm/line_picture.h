#pragma once
// The picture of one text line as the network wants it.

#include "core/page_image.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace pleiade::ocr {

/// Where a line stands on the page. Its picture is cut along its slope and bend.
struct LinePlace {
    double x0_px = 0.0;
    double x1_px = 0.0;
    double top_px = 0.0;    ///< At x0: above the tallest letters.
    double bottom_px = 0.0; ///< At x0: below the descenders.
    double slope = 0.0;     ///< Pixels down for each pixel to the right, at x0.
    double bend = 0.0;      ///< Of a page that does not lie flat: how much the slope grows, halved.

    /// How much lower the line stands at x than at x0.
    [[nodiscard]] double drop_at(double x_px) const {
        return (slope + bend * (x_px - x0_px)) * (x_px - x0_px);
    }
};

/// Stored column by column, each with one pixel more above and two below: the network looks at
/// neighbours. Paper is bright (127), ink dark (-127).
struct LinePicture {
    static constexpr std::size_t height = 36; ///< spec: the networks take lines of 36 pixels
    static constexpr std::size_t column = 40; ///< Bytes from one column to the next.

    std::size_t width = 0;
    double scale = 1.0; ///< Pixels of the picture for one of the page.
    std::vector<std::int8_t> pixels;

    /// Of column x, from row -1; x may be -1 or `width`.
    [[nodiscard]] std::int8_t* column_at(std::ptrdiff_t x) {
        return pixels.data() + (x + 1) * static_cast<std::ptrdiff_t>(column);
    }
    [[nodiscard]] const std::int8_t* column_at(std::ptrdiff_t x) const {
        return pixels.data() + (x + 1) * static_cast<std::ptrdiff_t>(column);
    }
};

/// Cuts the line out of an upright one-channel page, white where the page ends.
[[nodiscard]] LinePicture line_picture(const PageImage& grey, const LinePlace& place);

} // namespace pleiade::ocr
