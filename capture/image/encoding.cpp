#include "capture/image/encoding.h"

#include "capture/image/encode/ccitt4.h"
#include "capture/image/encode/jpeg.h"
#include "capture/image/encode/layered.h"
#include "capture/image/pixel/colour.h"
#include "capture/image/pixel/mat.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <stdexcept>

namespace pleiade::image {
namespace {

constexpr int page_quality = 70;    // measured: 8 pt print reads like the original, A4 below 800 kB
constexpr int least_side_px = 256;  // chosen: smaller pictures gain nothing from layers
constexpr int preview_quality = 70; // chosen: as for pages

void require_pixels(const PageImage& page) {
    if (page.width_px < 1 || page.height_px < 1 ||
        page.pixels.size() < page.row_bytes() * static_cast<std::size_t>(page.height_px)) {
        throw std::logic_error("encoding of a page without its pixels");
    }
}

EncodedImage encoded(const PageImage& page, ImageCoding coding, Bytes bytes) {
    return {
        .coding = coding,
        .width_px = page.width_px,
        .height_px = page.height_px,
        .channels = page.channels,
        .dpi = page.dpi,
        .bytes = std::move(bytes)};
}

EncodedImage encoded_as_jpeg(const PageImage& page) {
    return encoded(page, ImageCoding::Jpeg, jpeg_of(page, page_quality));
}

} // namespace

EncodedImage encode_for_pdf(const PageImage& page) {
    require_pixels(page);
    if (page.depth == ColourDepth::Bitonal && page.channels == 1) {
        return encoded(page, ImageCoding::Ccitt4, ccitt4_of(one_bit_of(page)));
    }
    if (std::min(page.width_px, page.height_px) < least_side_px) {
        return encoded_as_jpeg(page);
    }
    const Scales scales = scales_of(as_mat(page));
    const Scales grey = grey_scales(scales);
    const bool in_colour =
        page.channels == 3 && has_real_colour(page_of(scales.cells, page.dpi / cell_px));
    if (const auto layers = layers_of_page(in_colour ? scales : grey, grey, page.dpi)) {
        EncodedImage image = encoded(page, ImageCoding::Layers, packed_layers(*layers));
        image.channels = in_colour ? 3 : 1;
        return image;
    }
    return encoded_as_jpeg(in_colour || page.channels == 1 ? page : page_of(grey.full, page.dpi));
}

EncodedImage encode_preview(const PageImage& page, int longest_px) {
    require_pixels(page);
    if (longest_px < 1) {
        throw std::logic_error("encode_preview() of no size");
    }
    const int longer = std::max(page.width_px, page.height_px);
    if (longer <= longest_px) {
        return encoded(page, ImageCoding::Jpeg, jpeg_of(page, preview_quality));
    }
    const double factor = static_cast<double>(longest_px) / longer;
    cv::Mat small;
    cv::resize(
        as_mat(page),
        small,
        {std::max(1, cvRound(page.width_px * factor)),
         std::max(1, cvRound(page.height_px * factor))},
        0,
        0,
        cv::INTER_AREA
    );
    PageImage preview = page_from(small, page);
    preview.depth = preview.channels == 3 ? ColourDepth::Colour : ColourDepth::Grey;
    preview.dpi = std::max(1, cvRound(page.dpi * factor));
    return encoded(preview, ImageCoding::Jpeg, jpeg_of(preview, preview_quality));
}

} // namespace pleiade::image
