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

constexpr int ground_quality = 60;     // chosen: no blocks to be seen in shadows and stamps
constexpr int patch_quality = 70;      // measured: as for whole pages, see encoding.cpp
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

/// The pixels of `mask` that lie in cells of this ink, cut to where there are any.
std::optional<PictureLayer> stencil(const OneBit& mask, const cv::Mat& cells, const Ink& ink) {
    const cv::Rect used = cv::boundingRect(cells);
    if (used.empty()) {
        return std::nullopt;
    }
    // Two cells are one byte of the mask: the stencil begins and ends at whole bytes.
    const int first = used.x / 2;
    const int last = (used.x + used.width + 1) / 2;
    const Box box{
        first * 8,
        used.y * cell_px,
        std::min(last * 8, mask.width_px),
        std::min((used.y + used.height) * cell_px, mask.height_px)};
    if (box.empty()) {
        return std::nullopt;
    }
    OneBit bits(box.width(), box.height());
    for (int y = 0; y < box.height(); ++y) {
        const std::uint8_t* cell = cells.ptr((box.y0 + y) / cell_px) + 2 * first;
        const std::uint8_t* from = mask.row(box.y0 + y) + first;
        std::uint8_t* to = bits.row(y);
        for (std::size_t i = 0; i < bits.stride; ++i) {
            const unsigned both = (cell[2 * i] & 0xF0U) | (cell[2 * i + 1] & 0x0FU);
            to[i] = static_cast<std::uint8_t>(from[i] & both);
        }
    }
    return PictureLayer{
        .coding = ImageCoding::Ccitt4,
        .width_px = bits.width_px,
        .height_px = bits.height_px,
        .channels = 1,
        .box_px = box,
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
    const InkMap inks = inks_of(page.half, coverage);

    std::vector<PictureLayer> layers;
    layers.push_back(ground_layer(without_ink(page.half, near), {width_px, height_px}, dpi));
    const cv::Mat ground = as_seen(layers[0], page.cells.size());
    const cv::Mat lost = lost_detail({page, coverage, near, ground, inks});
    const std::vector<Box> patches = patches_of(lost, most_patches);
    double in_patches = 0.0;
    cv::Mat kept = inks.index.clone();
    for (const Box& patch : patches) {
        in_patches += static_cast<double>(patch.width()) * patch.height();
        kept(rect_of(scaled(patch, block_cells))).setTo(no_ink);
    }
    if (in_patches > most_in_patches * static_cast<double>(lost.total())) {
        return std::nullopt;
    }
    for (std::size_t i = 0; i < inks.inks.size(); ++i) {
        if (auto layer = stencil(mask, kept == static_cast<double>(i), inks.inks[i])) {
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
