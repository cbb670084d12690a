#include "ocr/identifiers/preparation.h"

#include <algorithm>

namespace pleiade::ocr {
namespace {

/// Mean of the pixel and its eight neighbours; at the edge of the page those there are, twice.
std::uint8_t mean_around(const PageImage& grey, int x, int y) {
    constexpr int weights = 9;
    int sum = weights / 2; // rounds
    for (int dy = -1; dy <= 1; ++dy) {
        const std::uint8_t* row = grey.row(std::clamp(y + dy, 0, grey.height_px - 1));
        for (int dx = -1; dx <= 1; ++dx) {
            sum += row[std::clamp(x + dx, 0, grey.width_px - 1)];
        }
    }
    return static_cast<std::uint8_t>(sum / weights);
}

} // namespace

PageImage softened(const PageImage& grey, const Box& part) {
    const Box box = intersection(part, {0, 0, grey.width_px, grey.height_px});
    PageImage soft;
    if (box.empty()) {
        return soft;
    }
    soft.width_px = box.width();
    soft.height_px = box.height();
    soft.dpi = grey.dpi;
    soft.pixels.reserve(soft.row_bytes() * static_cast<std::size_t>(soft.height_px));
    for (int y = box.y0; y < box.y1; ++y) {
        for (int x = box.x0; x < box.x1; ++x) {
            soft.pixels.push_back(mean_around(grey, x, y));
        }
    }
    return soft;
}

} // namespace pleiade::ocr
