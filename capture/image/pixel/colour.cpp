#include "capture/image/pixel/colour.h"

#include "capture/image/pixel/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace pleiade::image {

bool has_real_colour(const PageImage& page) {
    if (page.channels == 1) {
        return false;
    }
    constexpr int reduced_dpi = 75; // chosen: fringes of one pixel vanish, a pen stroke stays
    constexpr double far_from_grey =
        28.0; // measured: yellowish paper against its own mean below 15
    constexpr double least_share = 0.0002; // chosen: a stamp of 1 cm x 1 cm on A4
    cv::Mat reduced;
    const double factor = std::min(1.0, static_cast<double>(reduced_dpi) / page.dpi);
    cv::resize(as_mat(page), reduced, {}, factor, factor, cv::INTER_AREA);
    const cv::Scalar paper = cv::mean(reduced);
    // Paper of any tint is made grey; ink on it, being dark, hardly changes.
    const double red_gain = paper[1] / std::max(1.0, paper[0]);
    const double blue_gain = paper[1] / std::max(1.0, paper[2]);
    std::size_t coloured = 0;
    for (int y = 0; y < reduced.rows; ++y) {
        const auto* pixels = reduced.ptr<cv::Vec3b>(y);
        for (int x = 0; x < reduced.cols; ++x) {
            const double red = pixels[x][0] * red_gain - pixels[x][1];
            const double blue = pixels[x][2] * blue_gain - pixels[x][1];
            if (std::max({red, blue, red - blue, blue - red, -red, -blue}) > far_from_grey) {
                ++coloured;
            }
        }
    }
    return static_cast<double>(coloured) > least_share * static_cast<double>(reduced.total());
}

PageImage without_needless_colour(PageImage page) {
    const std::size_t pixels = page.pixels.size() / static_cast<std::size_t>(page.channels);
    if (page.channels == 3) {
        const std::uint8_t* at = page.pixels.data();
        for (std::size_t i = 0; i < pixels; ++i, at += 3) {
            if (at[0] != at[1] || at[1] != at[2]) {
                return page;
            }
        }
        for (std::size_t i = 0; i < pixels; ++i) {
            page.pixels[i] = page.pixels[3 * i];
        }
        page.pixels.resize(pixels);
        page.channels = 1;
        page.depth = ColourDepth::Grey;
    }
    if (std::ranges::all_of(page.pixels, [](std::uint8_t value) {
            return value == 0 || value == 255;
        })) {
        page.depth = ColourDepth::Bitonal;
    }
    return page;
}

} // namespace pleiade::image
