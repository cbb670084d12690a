#include "capture/image/encode/layered.h"

#include "capture/image/encode/ccitt4.h"
#include "capture/image/encode/jpeg.h"
#include "capture/image/encode/layers/ground.h"
#include "capture/image/encode/layers/ink_mask.h"
#include "capture/image/encode/layers/inks.h"
#include "capture/image/encode/layers/lost_detail.h"
#include "capture/image/encode/layers/patches.h"
#include "capture/image/encode/layers/scales.h"
#include "capture/image/page_source.h"
#include "capture/image/pixel/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <bit>

namespace pleiade::image {
namespace {

constexpr int ground_quality = 60;       // chosen: no blocks to be seen in shadows and stamps
constexpr int patch_quality = 70;        // measured: as for whole pages, see encoding.cpp
constexpr std::size_t most_patches = 16; // chosen: streams have tables of 0.6 kB each
constexpr double most_in_patches = 0.4;  // chosen: beyond it one JPEG of the page is smaller
constexpr double most_ink = 0.35;        // chosen: text covers 5 to 15 % of its page

PictureLayer jpeg_layer(const cv::Mat& pixels, const Box& box_px, int dpi, int quality) {
    const PageImage picture = page_of(pixels, dpi);
    return {
        .coding = ImageCoding::Jpeg,
        .width_px = picture.width_px,
        .height_px = picture.height_px,
        .channels = picture.channels,
        .box_px = box_px,
        .bytes = jpeg_of(picture, quality)};
}

PictureLayer ground_layer(const cv::Mat& ground, cv::Size page, int dpi) {
    const cv::Rect cells(
        0, 0, (page.width + cell_px - 1) / cell_px, (page.height + cell_px - 1) / cell_px
    );
    return jpeg_layer(
        ground(cells),
        {0, 0, cells.width * cell_px, cells.height * cell_px},
        std::max(1, dpi / cell_px),
        ground_quality
    );
}

/// What a viewer will see of the layer, its edge repeated up to the size given.
cv::Mat as_seen(const PictureLayer& layer, cv::Size size) {
    const PageImage picture = PageSource::open(layer.bytes, {}).decode(0);
    cv::Mat seen;
    cv::copyMakeBorder(
        as_mat(picture),
        seen,
        0,
        size.height - picture.height_px,
        0,
        size.width - picture.width_px,
        cv::BORDER_REPLICATE
    );
    return seen;
}

Box scaled(const Box& box, int factor) {
    return {box.x0 * factor, box.y0 * factor, box.x1 * factor, box.y1 * factor};
}

cv::Rect rect_of(const Box& box) {
    return {box.x0, box.y0, box.width(), box.height()};
}

/// The cells that a stencil paints: those of its ink, and of those painted after it the ones that
/// touch them. So no hairline of paper shows where two inks meet, however a viewer rounds.
cv::Mat painted_cells(const cv::Mat& index, std::size_t ink, std::size_t ink_count) {
    const cv::Mat own = index == static_cast<double>(ink);
    cv::Mat reach;
    cv::dilate(own, reach, cv::getStructuringElement(cv::MORPH_RECT, {3, 3}));
    cv::Mat later;
    cv::inRange(index, static_cast<double>(ink), static_cast<double>(ink_count - 1), later);
    return reach & later;
}

/// The pixels of `mask` that lie in the given cells. As large as the page, so that a viewer scales
/// all stencils alike; what is empty of it takes one bit a row.
std::optional<PictureLayer> stencil(const OneBit& mask, const cv::Mat& cells, const Ink& ink) {
    if (cv::countNonZero(cells) == 0) {
        return std::nullopt;
    }
    OneBit bits(mask.width_px, mask.height_px);
    for (int y = 0; y < bits.height_px; ++y) {
        const std::uint8_t* cell = cells.ptr(y / cell_px);
        const std::uint8_t* from = mask.row(y);
        std::uint8_t* to = bits.row(y);
        for (std::size_t i = 0; i < bits.stride; ++i) { // two cells are one byte of the mask
            const unsigned both = (cell[2 * i] & 0xF0U) | (cell[2 * i + 1] & 0x0FU);
            to[i] = static_cast<std::uint8_t>(from[i] & both);
        }
    }
    return PictureLayer{
        .coding = ImageCoding::Ccitt4,
        .width_px = bits.width_px,
        .height_px = bits.height_px,
        .channels = 1,
        .box_px = {0, 0, bits.width_px, bits.height_px},
        .ink = ink,
        .bytes = ccitt4_of(std::move(bits))};
}

} // namespace

std::optional<std::vector<PictureLayer>>
layers_of_page(const Scales& page, const Scales& grey, int dpi) {
    const int width_px = page.full.cols;
    const int height_px = page.full.rows;
    const OneBit mask = ink_mask(grey);
    const cv::Mat coverage = coverage_of(mask, page.half.size());
    if (cv::sum(coverage)[0] > most_ink * 4.0 * static_cast<double>(coverage.total())) {
        return std::nullopt;
    }
    const cv::Mat near = near_ink(coverage);
    const cv::Mat ground = without_ink(page.half, near);
    const InkMap inks = inks_of(page.half, coverage, ground);

    std::vector<PictureLayer> layers;
    layers.push_back(ground_layer(ground, {width_px, height_px}, dpi));
    const cv::Mat seen = as_seen(layers[0], page.cells.size());
    const cv::Mat lost = lost_detail({page, coverage, near, seen, inks});
    const std::vector<Box> patches = patches_of(lost, most_patches);
    double in_patches = 0.0;
    cv::Mat kept = inks.index.clone();
    for (const Box& patch : patches) {
        in_patches += static_cast<double>(patch.width()) * patch.height();
        const Box inside = scaled(patch, block_cells); // a cell less: the stencils go on below it
        kept(cv::Rect(inside.x0 + 1, inside.y0 + 1, inside.width() - 2, inside.height() - 2))
            .setTo(no_ink);
    }
    if (in_patches > most_in_patches * static_cast<double>(lost.total())) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < inks.inks.size(); ++i) {
        if (auto layer = stencil(mask, painted_cells(kept, i, inks.inks.size()), inks.inks[i])) {
            layers.push_back(std::move(*layer));
        }
    }
    for (const Box& patch : patches) {
        const Box box = intersection(scaled(patch, block_px), {0, 0, width_px, height_px});
        if (!box.empty()) {
            layers.push_back(jpeg_layer(page.full(rect_of(box)), box, dpi, patch_quality));
        }
    }
    return layers;
}

} // namespace pleiade::image
