#include "capture/image/encoding.h"
#include "capture/image/page_source.h"
#include "core/layered_picture.h"
#include "tests/support/page_painter.h"

#include <gtest/gtest.h>
#include <tiffio.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace pleiade::image {
namespace {

using test::PagePainter;

constexpr PagePainter::Sheet sheet{.dpi = 150};

PagePainter letter() {
    PagePainter painter(sheet);
    painter.paragraphs(60.0, 220.0);
    return painter;
}

/// Puts a bare T.6 stream into a TIFF file, as any other program would, without libtiff.
Bytes tiff_around(const EncodedImage& image) {
    struct Entry {
        std::uint16_t tag, type;
        std::uint32_t count, value;
    };
    const std::uint32_t data_at = 8;
    const auto size = static_cast<std::uint32_t>(image.bytes.size());
    const std::uint32_t directory_at = (data_at + size + 1) & ~1U;
    const auto height = static_cast<std::uint32_t>(image.height_px);
    const Entry entries[] = {
        {256, 4, 1, static_cast<std::uint32_t>(image.width_px)},
        {257, 4, 1, height},
        {258, 3, 1, 1},
        {259, 3, 1, COMPRESSION_CCITTFAX4},
        {262, 3, 1, PHOTOMETRIC_MINISWHITE},
        {273, 4, 1, data_at},
        {277, 3, 1, 1},
        {278, 4, 1, height},
        {279, 4, 1, size}};
    Bytes file(directory_at);
    std::memcpy(file.data(), "II*\0", 4);
    std::memcpy(file.data() + 4, &directory_at, 4);
    std::memcpy(file.data() + data_at, image.bytes.data(), image.bytes.size());
    const auto append = [&file](const void* data, std::size_t count) {
        const auto* bytes = static_cast<const std::byte*>(data);
        file.insert(file.end(), bytes, bytes + count);
    };
    const std::uint16_t count = std::size(entries);
    const std::uint32_t last = 0;
    append(&count, sizeof count);
    append(entries, sizeof entries);
    append(&last, sizeof last);
    return file;
}

TEST(EncodeForPdf, ABitonalPageComesBackBitForBit) {
    const PageImage page = letter().bitonal();
    const EncodedImage image = encode_for_pdf(page);
    EXPECT_EQ(image.coding, ImageCoding::Ccitt4);
    EXPECT_EQ(image.channels, 1);
    EXPECT_LT(image.bytes.size(), page.pixels.size() / 30);
    const Bytes file = tiff_around(image);
    EXPECT_EQ(PageSource::open(file, {}).decode(0).pixels, page.pixels);
}

TEST(EncodeForPdf, WidthsThatAreNoMultipleOfEightComeBack) {
    for (const int width : {8, 9, 15, 17, 33}) {
        PageImage page;
        page.width_px = width;
        page.height_px = 9;
        page.depth = ColourDepth::Bitonal;
        for (int i = 0; i < width * 9; ++i) {
            page.pixels.push_back(i % 3 == 0 ? 0 : 255);
        }
        const Bytes file = tiff_around(encode_for_pdf(page));
        EXPECT_EQ(PageSource::open(file, {}).decode(0).pixels, page.pixels) << width;
    }
}

double mean_difference(const PageImage& a, const PageImage& b) {
    double sum = 0.0;
    for (std::size_t i = 0; i < a.pixels.size(); ++i) {
        sum += std::abs(a.pixels[i] - b.pixels[i]);
    }
    return sum / static_cast<double>(a.pixels.size());
}

/// Soft shades with grain all over: nothing of it could be a stencil.
PageImage photograph() {
    PageImage page = letter().grey();
    for (int y = 0; y < page.height_px; ++y) {
        for (int x = 0; x < page.width_px; ++x) {
            const double soft = std::sin(x / 40.0) * std::cos(y / 55.0);
            const int grain = (x * 7919 + y * 104729) % 61 % 25;
            page.pixels
                [static_cast<std::size_t>(y) * page.row_bytes() + static_cast<std::size_t>(x)] =
                static_cast<std::uint8_t>(120.0 + 80.0 * soft + grain);
        }
    }
    return page;
}

TEST(EncodeForPdf, APictureWithoutTextBecomesAJpegOfItsResolution) {
    const PageImage page = photograph();
    const EncodedImage image = encode_for_pdf(page);
    EXPECT_EQ(image.coding, ImageCoding::Jpeg);
    EXPECT_EQ(image.channels, 1);
    const PageImage back = PageSource::open(image.bytes, {}).decode(0);
    EXPECT_EQ(back.channels, 1);
    EXPECT_EQ(back.dpi, page.dpi);
    ASSERT_EQ(back.pixels.size(), page.pixels.size());
    EXPECT_LT(mean_difference(back, page), 6.0); // of the grain
}

TEST(EncodeForPdf, AGreyPageOfTextBecomesAGroundAndStencilsOfItsSize) {
    const PageImage page = letter().grey();
    const EncodedImage image = encode_for_pdf(page);
    ASSERT_EQ(image.coding, ImageCoding::Layers);
    EXPECT_EQ(image.channels, 1);
    EXPECT_EQ(image.width_px, page.width_px);
    EXPECT_EQ(image.dpi, page.dpi);
    const std::vector<PictureLayer> layers = layers_of(image);
    EXPECT_EQ(layers[0].coding, ImageCoding::Jpeg);
    EXPECT_LT(layers[0].width_px, page.width_px / 3);
    ASSERT_EQ(layers[1].coding, ImageCoding::Ccitt4);
    EXPECT_EQ(layers[1].width_px, page.width_px);
    EXPECT_EQ(layers[1].height_px, page.height_px);
    const PageImage ground = PageSource::open(layers[0].bytes, {}).decode(0);
    EXPECT_GT(*std::ranges::min_element(ground.pixels), 200) << "text shines through";
}

TEST(EncodeForPdf, YellowishPaperIsStoredGrey) {
    EXPECT_EQ(encode_for_pdf(letter().noise(3.0).colour(240, 228, 190)).channels, 1);
}

TEST(EncodeForPdf, ABlueStampIsStoredInColour) {
    PageImage page = letter().colour(250, 250, 250);
    for (int y = 200; y < 260; ++y) {
        for (int x = 800; x < 1000; ++x) {
            const std::size_t at =
                (static_cast<std::size_t>(y) * 1240U + static_cast<std::size_t>(x)) * 3U;
            page.pixels[at] = 60;
            page.pixels[at + 1] = 80;
        }
    }
    const EncodedImage image = encode_for_pdf(page);
    EXPECT_EQ(image.channels, 3);
    ASSERT_EQ(image.coding, ImageCoding::Layers);
    const std::vector<PictureLayer> layers = layers_of(image);
    EXPECT_TRUE(std::ranges::any_of(layers, [](const PictureLayer& layer) {
        return layer.coding == ImageCoding::Ccitt4 && layer.ink.blue > layer.ink.red + 100;
    }));
}

TEST(EncodeForPdf, TheSmallestPicturesHaveNoLayers) {
    for (const int side : {1, 2, 40}) {
        PageImage page;
        page.width_px = side;
        page.height_px = side;
        page.pixels.assign(static_cast<std::size_t>(side * side), 128);
        EXPECT_EQ(encode_for_pdf(page).coding, ImageCoding::Jpeg) << side;
    }
}

TEST(EncodeForPdf, PagesOfEverySizeComeOutWhole) {
    for (const int more : {0, 1, 2, 3, 7, 9, 15}) { // no multiple of pairs, cells, bytes, blocks
        PageImage page = letter().grey();
        page.height_px = 300 + more;
        page.width_px = 1240;
        page.pixels.resize(page.row_bytes() * static_cast<std::size_t>(page.height_px));
        PageImage narrow;
        narrow.width_px = 400 + more;
        narrow.height_px = page.height_px;
        for (int y = 0; y < page.height_px; ++y) {
            narrow.pixels.insert(
                narrow.pixels.end(), page.row(y) + 100, page.row(y) + 100 + narrow.width_px
            );
        }
        const EncodedImage image = encode_for_pdf(narrow);
        EXPECT_EQ(image.width_px, narrow.width_px);
        for (const PictureLayer& layer : layers_of(image)) {
            EXPECT_LE(layer.box_px.x1, narrow.width_px + 3);
            EXPECT_LE(layer.box_px.y1, narrow.height_px + 3);
        }
    }
}

TEST(EncodeForPdf, APageWithoutItsPixelsIsABug) {
    PageImage page = letter().grey();
    page.pixels.pop_back();
    EXPECT_THROW(static_cast<void>(encode_for_pdf(page)), std::logic_error);
}

TEST(EncodePreview, TheLongerSideFits) {
    const EncodedImage image = encode_preview(letter().bitonal(), 800);
    EXPECT_EQ(image.coding, ImageCoding::Jpeg);
    EXPECT_EQ(image.height_px, 800);
    EXPECT_EQ(image.width_px, 566);
    EXPECT_EQ(PageSource::open(image.bytes, {}).decode(0).height_px, 800);
}

TEST(EncodePreview, ASmallPageIsNotEnlarged) {
    EXPECT_EQ(encode_preview(letter().grey(), 5000).height_px, 1754);
}

TEST(EncodePreview, NoSizeIsABug) {
    EXPECT_THROW(static_cast<void>(encode_preview(letter().grey(), 0)), std::logic_error);
}

} // namespace
} // namespace pleiade::image
