#include "capture/image/picture_print.h"
#include "tests/support/page_painter.h"

#include <gtest/gtest.h>

#include <bit>
#include <stdexcept>
#include <string>

namespace pleiade::image {
namespace {

using test::PagePainter;

constexpr PagePainter::Sheet sheet{.dpi = 100};

PagePainter letter() {
    PagePainter painter(sheet);
    painter.line(20.0, 30.0, "Jeanne MARTIN", 4.0).line(110.0, 60.0, "CPAM 06180 NICE", 4.0);
    painter.paragraphs(90.0, 200.0).signature(120.0, 230.0);
    return painter;
}

int bits_between(const std::string& a, const std::string& b) {
    int bits = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        const auto digit = [](char c) {
            return static_cast<unsigned>(std::stoi(std::string(1, c), nullptr, 16));
        };
        bits += std::popcount(digit(a[i]) ^ digit(b.at(i)));
    }
    return bits;
}

TEST(PicturePrint, AnotherScanOfTheSamePaperChangesLittle) {
    const std::string first = picture_print_of(letter().grey());
    ASSERT_EQ(first.size(), 64U);
    EXPECT_LE(bits_between(first, picture_print_of(letter().noise(8.0).blur(1.0).grey())), 24);
    EXPECT_LE(bits_between(first, picture_print_of(letter().skew(0.4).grey())), 40);
}

TEST(PicturePrint, AnotherLayoutChangesHalf) {
    PagePainter other(sheet);
    other.barcode(20.0, 25.0).squares(85.0, 150.0).paragraphs(220.0, 280.0);
    EXPECT_GE(bits_between(picture_print_of(letter().grey()), picture_print_of(other.grey())), 80);
}

TEST(PicturePrint, APictureWithoutPixelsIsABug) {
    EXPECT_THROW((void)picture_print_of(PageImage{}), std::logic_error);
}

TEST(ColouredShare, IsOfTheSurfaceAndNothingOnGreyPaper) {
    PageImage page{.width_px = 400, .height_px = 400, .channels = 3, .depth = ColourDepth::Colour};
    page.pixels.assign(400U * 400U * 3U, 200);
    EXPECT_EQ(coloured_share_of(page), 0.0);
    for (std::size_t pixel = 0; pixel < 400U * 40U; ++pixel) {
        page.pixels[3 * pixel] = 100;
    }
    EXPECT_NEAR(coloured_share_of(page), 0.1, 0.01);
    EXPECT_EQ(coloured_share_of(letter().grey()), 0.0);
}

} // namespace
} // namespace pleiade::image
