#include "capture/image/page_source.h"
#include "core/failure.h"
#include "tests/unit/image/picture_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace pleiade::image {
namespace {

using test::jpeg_file;
using test::JpegFile;
using test::png_file;
using test::tiff_file;
using test::TiffPage;
using testing::HasSubstr;

/// A picture with something different in every corner.
PageImage sample(ColourDepth depth, int width = 64, int height = 96) {
    PageImage page;
    page.width_px = width;
    page.height_px = height;
    page.depth = depth;
    page.channels = depth == ColourDepth::Colour ? 3 : 1;
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            const bool dark = x < width / 4 && y < height / 2;
            for (int channel = 0; channel < page.channels; ++channel) {
                const int shade = 255 - x - 20 * channel;
                page.pixels.push_back(static_cast<std::uint8_t>(
                    depth == ColourDepth::Bitonal ? (dark ? 0 : 255)
                    : dark                        ? 10
                                                  : shade
                ));
            }
        }
    }
    return page;
}

PageImage decoded(const Bytes& file, int page_index = 0) {
    return PageSource::open(file, {}).decode(page_index);
}

std::string complaint(const Bytes& file, const DecodeLimits& limits = {}, int page_index = 0) {
    try {
        static_cast<void>(PageSource::open(file, limits).decode(page_index));
    } catch (const Error& error) {
        EXPECT_EQ(error.remedy(), Remedy::FixInput);
        return error.what();
    }
    return "no complaint";
}

Bytes cut(Bytes file, double share) {
    file.resize(static_cast<std::size_t>(static_cast<double>(file.size()) * share));
    return file;
}

TEST(PageSource, WhatItCannotReadIsSaidInASentence) {
    EXPECT_EQ(complaint({}), "le fichier est vide");
    const BytesView nonsense = bytes_of("bonjour");
    EXPECT_EQ(
        complaint({nonsense.begin(), nonsense.end()}),
        "ce n'est ni une image ni un PDF d'un format connu"
    );
    const BytesView gif = bytes_of("GIF89a and more");
    EXPECT_THAT(
        complaint({gif.begin(), gif.end()}), HasSubstr("les images GIF ne sont pas prises")
    );
}

TEST(PageSource, AFileBeyondTheByteLimitIsRefused) {
    const Bytes file = png_file(sample(ColourDepth::Grey));
    EXPECT_THAT(complaint(file, {.max_bytes = 100}), HasSubstr("plus que la limite de 100"));
}

TEST(PageSource, APageThatIsNotThereIsABug) {
    const Bytes file = png_file(sample(ColourDepth::Grey));
    const PageSource source = PageSource::open(file, {});
    EXPECT_THROW(static_cast<void>(source.decode(1)), std::logic_error);
    EXPECT_THROW(static_cast<void>(source.decode(-1)), std::logic_error);
}

TEST(Png, GreyColourAndBitonalComeBackExactly) {
    for (const ColourDepth depth : {ColourDepth::Grey, ColourDepth::Colour, ColourDepth::Bitonal}) {
        const PageImage page = sample(depth);
        const PageImage back = decoded(png_file(page));
        EXPECT_EQ(back.pixels, page.pixels);
        EXPECT_EQ(back.depth, depth);
    }
}

TEST(Png, OneCutShortIsAnError) {
    const Bytes file = png_file(sample(ColourDepth::Grey, 300, 300));
    for (const double share : {0.02, 0.5, 0.95}) {
        EXPECT_THAT(complaint(cut(file, share)), HasSubstr("coupé")) << share;
    }
}

TEST(Png, TooManyPixelsAreRefusedBeforeDecoding) {
    const Bytes file = png_file(sample(ColourDepth::Grey, 300, 300));
    EXPECT_THAT(complaint(file, {.max_pixels = 80'000}), HasSubstr("300 x 300"));
}

TEST(Jpeg, PicturesComeBackWithTheirResolution) {
    const PageImage page = sample(ColourDepth::Colour);
    const PageImage back = decoded(jpeg_file(page, {.dpi = 240}));
    EXPECT_EQ(back.dpi, 240);
    EXPECT_EQ(back.depth, ColourDepth::Colour);
    EXPECT_EQ(back.width_px, page.width_px);
    EXPECT_EQ(decoded(jpeg_file(sample(ColourDepth::Grey), {})).depth, ColourDepth::Grey);
}

TEST(Jpeg, ResolutionPerCentimetreIsUnderstood) {
    const PageImage back =
        decoded(jpeg_file(sample(ColourDepth::Grey), {.dpi = 118, .per_centimetre = true}));
    EXPECT_EQ(back.dpi, 300);
}

TEST(Jpeg, SenselessResolutionIsGuessedFromAnA4Sheet) {
    const PageImage page = sample(ColourDepth::Grey, 1654, 2339);
    EXPECT_EQ(decoded(jpeg_file(page, {.dpi = 1})).dpi, 200);
    const PageImage photograph = sample(ColourDepth::Grey, 990, 1320);
    EXPECT_EQ(decoded(jpeg_file(photograph, {.dpi = 1})).dpi, 113);
}

TEST(Jpeg, OneCutShortIsAnErrorAndNotAHalfGreyPage) {
    const Bytes file = jpeg_file(sample(ColourDepth::Grey, 600, 800), {});
    for (const double share : {0.1, 0.6, 0.9}) {
        EXPECT_THAT(complaint(cut(file, share)), HasSubstr("image JPEG")) << share;
    }
}

TEST(Jpeg, ExifOrientationIsHonoured) {
    const PageImage page = sample(ColourDepth::Grey);
    const PageImage back = decoded(jpeg_file(page, {.orientation = 6}));
    EXPECT_EQ(back.width_px, page.height_px);
    EXPECT_LT(
        back.row(4)[back.width_px - 5], 60
    ); // the dark corner went from top left to top right
}

TEST(Jpeg, InksOfAdobeFilesAreInverted) {
    const PageImage back = decoded(jpeg_file(sample(ColourDepth::Grey), {.cmyk = true}));
    EXPECT_EQ(back.channels, 3);
    EXPECT_GT(back.row(90)[3 * 2], 200); // light stays light
    EXPECT_LT(back.row(4)[3 * 4], 60);   // dark stays dark
}

TEST(Tiff, EveryUsualCompressionComesBackExactly) {
    for (const int compression : {1, 2, 3, 4, 5, 8, 32773}) { // none, RLE, G3, G4, LZW, Deflate ...
        const PageImage page = sample(ColourDepth::Bitonal);
        const PageImage back = decoded(tiff_file({{.image = page, .compression = compression}}));
        EXPECT_EQ(back.pixels, page.pixels) << compression;
        EXPECT_EQ(back.depth, ColourDepth::Bitonal);
    }
    for (const int compression : {1, 5, 8, 32773}) {
        for (const ColourDepth depth : {ColourDepth::Grey, ColourDepth::Colour}) {
            const PageImage page = sample(depth);
            const PageImage back =
                decoded(tiff_file({{.image = page, .compression = compression}}));
            EXPECT_EQ(back.pixels, page.pixels) << compression;
        }
    }
}

TEST(Tiff, JpegInsideComesBackNearly) {
    const PageImage page = sample(ColourDepth::Colour);
    const PageImage back = decoded(tiff_file({{.image = page, .compression = 7}}));
    ASSERT_EQ(back.pixels.size(), page.pixels.size());
    EXPECT_NEAR(back.row(90)[3 * 40], page.row(90)[3 * 40], 12);
}

TEST(Tiff, BothPolaritiesAndTilesGiveTheSamePage) {
    const PageImage page = sample(ColourDepth::Bitonal);
    EXPECT_EQ(decoded(tiff_file({{.image = page, .min_is_white = true}})).pixels, page.pixels);
    const PageImage tiled = decoded(tiff_file({{.image = page, .tiled = true}}));
    EXPECT_EQ(tiled.pixels, page.pixels);
    EXPECT_EQ(tiled.depth, ColourDepth::Bitonal);
}

TEST(Tiff, PagesAreCountedAndReadOneByOne) {
    PageImage other = sample(ColourDepth::Grey, 32, 32);
    const Bytes file =
        tiff_file({{.image = sample(ColourDepth::Bitonal)}, {.image = other, .compression = 5}});
    const PageSource source = PageSource::open(file, {});
    EXPECT_EQ(source.page_count(), 2);
    EXPECT_EQ(source.decode(1).pixels, other.pixels);
    EXPECT_EQ(source.decode(0).width_px, 64);
    EXPECT_THAT(complaint(file, {.max_pages = 1}), HasSubstr("plus que la limite de 1"));
}

TEST(Tiff, OrientationsAreHonoured) {
    const PageImage page = sample(ColourDepth::Grey);
    for (const int orientation : {1, 3, 6, 8}) {
        const PageImage back = decoded(tiff_file({{.image = page, .orientation = orientation}}));
        EXPECT_EQ(back.width_px, orientation >= 5 ? 96 : 64) << orientation;
        const int last_x = back.width_px - 1;
        const int last_y = back.height_px - 1;
        const bool right = orientation == 3 || orientation == 6;
        const bool bottom = orientation == 3 || orientation == 8;
        EXPECT_EQ(back.row(bottom ? last_y : 0)[right ? last_x : 0], 10) << orientation;
    }
}

TEST(Tiff, FaxPixelsAreMadeSquare) {
    const PageImage back = decoded(tiff_file(
        {{.image = sample(ColourDepth::Bitonal), .compression = 3, .x_dpi = 204, .y_dpi = 98}}
    ));
    EXPECT_EQ(back.dpi, 204);
    EXPECT_EQ(back.width_px, 64);
    EXPECT_EQ(back.height_px, 200);
    EXPECT_EQ(back.depth, ColourDepth::Bitonal);
}

TEST(Tiff, DamagedDataIsAnErrorWithEveryCompression) {
    for (const int compression : {1, 4, 5, 7, 8, 32773}) {
        const ColourDepth depth = compression == 4 ? ColourDepth::Bitonal : ColourDepth::Grey;
        PageImage page = sample(depth, 400, 400);
        for (std::size_t i = 0; i < page.pixels.size(); i += 7) {
            page.pixels[i] = i % 11 < 5 ? 0 : 255;
        }
        const Bytes file = tiff_file({{.image = page, .compression = compression, .lose = 0.4}});
        EXPECT_THAT(complaint(file), HasSubstr("la page 1 du TIFF est abîmée ou coupée"))
            << compression;
    }
}

TEST(Tiff, AChainLeadingOutOfTheFileCountsAsALostPage) {
    const Bytes file = test::with_broken_second_directory(
        tiff_file({{.image = sample(ColourDepth::Grey)}, {.image = sample(ColourDepth::Grey)}})
    );
    const PageSource source = PageSource::open(file, {});
    EXPECT_EQ(source.page_count(), 2);
    EXPECT_EQ(source.decode(0).width_px, 64);
    EXPECT_THAT(complaint(file, {}, 1), HasSubstr("la page 2 du TIFF manque"));
}

TEST(Tiff, ASizeBeyondTheLimitIsRefusedBeforeAllocating) {
    const Bytes file = tiff_file({{.image = sample(ColourDepth::Bitonal), .claim_px = 60'000}});
    EXPECT_THAT(
        complaint(file), HasSubstr("60000 x 60000 pixels, plus que la limite de 40 millions")
    );
}

TEST(Tiff, SidesTooShortOrTooLongForAPageAreRefused) {
    const auto complaint_of = [](int width, int height) {
        return complaint(tiff_file({{.image = sample(ColourDepth::Bitonal, width, height)}}));
    };
    EXPECT_THAT(complaint_of(1, 1), HasSubstr("que 1 x 1 pixels"));
    EXPECT_THAT(complaint_of(2000, 3), HasSubstr("que 2000 x 3 pixels"));
    EXPECT_THAT(complaint_of(66'000, 8), HasSubstr("un côté de plus de 65500"));
}

TEST(Pdf, AScanInsideIsDrawnAt300Dpi) {
    const Bytes file = test::pdf_file(210.0, 297.0, "0 0 0 rg 100 100 200 300 re f");
    const PageImage page = decoded(file);
    EXPECT_EQ(page.dpi, 300);
    EXPECT_NEAR(page.width_px, 2480, 2);
    EXPECT_NEAR(page.height_px, 3508, 2);
    EXPECT_EQ(page.channels, 1);
}

TEST(Pdf, ColourIsKept) {
    EXPECT_EQ(decoded(test::pdf_file(50.0, 50.0, "1 0 0 rg 20 20 60 60 re f")).channels, 3);
}

TEST(Pdf, ALargePageIsDrawnCoarserAndAHugeOneRefused) {
    EXPECT_LT(decoded(test::pdf_file(594.0, 841.0, "")).dpi, 300); // A1
    EXPECT_THAT(complaint(test::pdf_file(3000.0, 3000.0, "")), HasSubstr("3000 x 3000 mm"));
}

TEST(Pdf, OneCutShortIsReadOrRefusedButNotHalfDrawn) {
    const Bytes file = test::pdf_file(50.0, 50.0, "1 0 0 rg 20 20 60 60 re f");
    EXPECT_NE(complaint(cut(file, 0.3)), "no complaint");
}

/// A page that is all this picture, of which a share is there.
Bytes pdf_of_picture(const std::string& filter, const Bytes& picture, double share = 1.0) {
    return test::pdf_file({cut(picture, share), filter, 64, 96});
}

/// The compressed rows of a PNG file, which a PDF takes as they are.
/// Source: PNG specification, 5.3 chunk layout; ISO 32000-1 7.4.4.4, predictor 15.
Bytes rows_of_png(const PageImage& page) {
    const std::string file = text_of(png_file(page));
    const std::size_t chunk = file.find("IDAT");
    std::size_t length = 0;
    for (std::size_t i = chunk - 4; i < chunk; ++i) {
        length = length * 256 + static_cast<unsigned char>(file.at(i));
    }
    const BytesView rows = bytes_of(file).subspan(chunk + 4, length);
    return {rows.begin(), rows.end()};
}

TEST(Pdf, APictureThatIsCutShortIsNotDrawnPartlyWhite) {
    const Bytes jpeg = jpeg_file(sample(ColourDepth::Grey), {});
    EXPECT_EQ(complaint(pdf_of_picture("DCTDecode", jpeg)), "no complaint");
    EXPECT_THAT(complaint(pdf_of_picture("DCTDecode", jpeg, 0.6)), HasSubstr("coupée"));
    EXPECT_THAT(complaint(cut(pdf_of_picture("DCTDecode", jpeg), 0.7)), HasSubstr("PDF"));
    const std::string flate = "FlateDecode/DecodeParms<</Predictor 15/Columns 64>>";
    const Bytes rows = rows_of_png(sample(ColourDepth::Grey));
    EXPECT_EQ(complaint(pdf_of_picture(flate, rows)), "no complaint");
    EXPECT_THAT(complaint(pdf_of_picture(flate, rows, 0.6)), HasSubstr("abîmé"));
}

TEST(Pdf, APageThatCameOutBlankUnderComplaintsIsRefused) {
    EXPECT_THAT(
        complaint(test::pdf_file(50.0, 50.0, "/Missing Do")), HasSubstr("rien n'a pu en être")
    );
    EXPECT_EQ(complaint(test::pdf_file(50.0, 50.0, "")), "no complaint");
    EXPECT_EQ(
        complaint(test::pdf_file(50.0, 50.0, "0 0 0 rg 20 20 60 60 re f /Missing Do")),
        "no complaint"
    );
}

} // namespace
} // namespace pleiade::image
