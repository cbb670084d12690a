// Pages as the reading process packs them, put into a PDF, rendered by poppler and compared with
// what was packed: nothing on them may get lost.

#include "capture/image/encoding.h"
#include "core/durable_file.h"
#include "core/layered_picture.h"
#include "ged-export/pdf_document.h"
#include "pdf_judges.h"
#include "tests/support/page_painter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <random>
#include <string>

namespace pleiade {
namespace {

using test::PagePainter;

Bytes pdf_of(const EncodedImage& image) {
    return ged::build_pdf({{image, {}}}, {.document_id = "1", .caisse = "061", .type_code = "AAT"});
}

/// As poppler shows it, a pixel for each of the page.
PageImage rendered(const Bytes& pdf, const PageImage& page) {
    const test::ScratchFolder folder;
    const std::string stem = (folder.path() / "page").string();
    write_durably(stem + ".pdf", pdf);
    const test::Ran ran = test::run(
        "pdftoppm -singlefile -r " + std::to_string(page.dpi) +
        (page.channels == 1 ? " -gray " : " ") + stem + ".pdf " + stem
    );
    EXPECT_EQ(ran.exit_code, 0) << ran.output;
    std::ifstream file(stem + (page.channels == 1 ? ".pgm" : ".ppm"), std::ios::binary);
    std::string magic;
    PageImage image = page;
    int most = 0;
    file >> magic >> image.width_px >> image.height_px >> most;
    file.get();
    image.pixels.resize(image.row_bytes() * static_cast<std::size_t>(image.height_px));
    file.read(
        reinterpret_cast<char*>(image.pixels.data()),
        static_cast<std::streamsize>(image.pixels.size())
    );
    EXPECT_TRUE(file.good());
    EXPECT_EQ(image.width_px, page.width_px);
    EXPECT_EQ(image.height_px, page.height_px);
    return image;
}

int brightness(const PageImage& page, int x, int y) {
    const std::uint8_t* pixel = page.row(y) + x * page.channels;
    return page.channels == 1 ? pixel[0] : (3 * pixel[0] + 6 * pixel[1] + pixel[2]) / 10;
}

double mean(const PageImage& page, const Box& box) {
    double sum = 0.0;
    for (int y = box.y0; y < box.y1; ++y) {
        for (int x = box.x0; x < box.x1; ++x) {
            sum += brightness(page, x, y);
        }
    }
    return sum / (box.width() * box.height());
}

double deviation(const PageImage& page, const Box& box) {
    const double middle = mean(page, box);
    double sum = 0.0;
    for (int y = box.y0; y < box.y1; ++y) {
        for (int x = box.x0; x < box.x1; ++x) {
            sum += std::pow(brightness(page, x, y) - middle, 2);
        }
    }
    return std::sqrt(sum / (box.width() * box.height()));
}

struct Difference {
    double mean = 0.0;  ///< Of all pixels, grey levels.
    double worst = 0.0; ///< Of the means over 2 mm x 2 mm.
};

Difference difference(const PageImage& a, const PageImage& b) {
    constexpr int block_px = 24;
    Difference result;
    for (int y = 0; y < a.height_px; ++y) {
        for (int x = 0; x < a.width_px; ++x) {
            result.mean += std::abs(brightness(a, x, y) - brightness(b, x, y));
        }
    }
    result.mean /= static_cast<double>(a.width_px) * a.height_px;
    for (int y = 0; y + block_px <= a.height_px; y += block_px) {
        for (int x = 0; x + block_px <= a.width_px; x += block_px) {
            const Box box{x, y, x + block_px, y + block_px};
            result.worst = std::max(result.worst, std::abs(mean(a, box) - mean(b, box)));
        }
    }
    return result;
}

/// A letter of text above 110 mm.
PagePainter letter(int paper = 245) {
    PagePainter painter({.paper = paper, .seed = 7});
    painter.line(25, 20, "CPAM des Alpes-Maritimes", 4.0);
    painter.paragraphs(35, 110, 2.5);
    return painter;
}

Box box_mm(double x0, double y0, double x1, double y1) {
    const auto px = [](double mm) { return static_cast<int>(std::lround(mm * 300.0 / 25.4)); };
    return {px(x0), px(y0), px(x1), px(y1)};
}

struct Shown {
    PageImage page;
    EncodedImage packed;
    PageImage seen;
};

Shown shown(PageImage page) {
    Shown result{std::move(page), {}, {}};
    result.packed = image::encode_for_pdf(result.page);
    result.seen = rendered(pdf_of(result.packed), result.page);
    return result;
}

/// How much of what stands out in a place is still seen there, 1 = all of it.
double contrast_kept(const Shown& shown, const Box& box) {
    return deviation(shown.seen, box) / deviation(shown.page, box);
}

void expect_faithful(const Shown& shown) {
    const Difference apart = difference(shown.page, shown.seen);
    EXPECT_LT(apart.mean, 6.0); // the grain of the paper is smoothed away
    EXPECT_LT(apart.worst, 12.0);
}

TEST(PageInLayers, ALetterIsSmallAndLooksLikeThePage) {
    const Shown page = shown(letter().noise(4.0).grey());
    EXPECT_EQ(page.packed.coding, ImageCoding::Layers);
    EXPECT_LT(page.packed.bytes.size(), 60'000U);
    expect_faithful(page);
    EXPECT_GT(contrast_kept(page, box_mm(25, 35, 180, 105)), 0.9);
}

TEST(PageInLayers, IsValidPdfA) {
    PagePainter painter = letter();
    painter.signature(60, 150).stamp(120, 150);
    const test::Verdict verdict =
        test::preflight(pdf_of(image::encode_for_pdf(painter.noise(4.0).colour(245, 235, 210))));
    EXPECT_TRUE(verdict.good) << verdict.said;
}

TEST(PageInLayers, FaintPencilStays) {
    const Shown page = shown(letter().signature(40, 160, 215).noise(2.0).grey());
    expect_faithful(page);
    EXPECT_GT(contrast_kept(page, box_mm(40, 145, 90, 175)), 0.7);
}

TEST(PageInLayers, PencilBarelyAboveThePaperStays) {
    const Shown page = shown(letter().signature(40, 160, 232).noise(1.0).grey());
    expect_faithful(page);
    EXPECT_GT(contrast_kept(page, box_mm(40, 145, 90, 175)), 0.6);
}

TEST(PageInLayers, APaleStampOverTextStays) {
    const Shown page = shown(letter().stamp(80, 60, 225).noise(2.0).grey());
    expect_faithful(page);
    const Shown without = shown(letter().noise(2.0).grey());
    const Box stamp = box_mm(80, 60, 115, 85);
    const double paled = mean(without.page, stamp) - mean(page.page, stamp);
    EXPECT_NEAR(mean(without.seen, stamp) - mean(page.seen, stamp), paled, 1.0 + paled / 4);
}

TEST(PageInLayers, AShadowStaysAShadow) {
    const Shown page = shown(letter().edge_shadow(60.0, 0.5).noise(3.0).grey());
    EXPECT_EQ(page.packed.coding, ImageCoding::Layers);
    expect_faithful(page);
}

TEST(PageInLayers, DarkPaperAndFaintPrintStay) {
    PagePainter painter({.paper = 150, .seed = 3});
    const Shown page = shown(painter.paragraphs(30, 120, 2.5).noise(6.0).grey());
    expect_faithful(page);
    EXPECT_GT(contrast_kept(page, box_mm(25, 35, 180, 105)), 0.7);
}

/// A portrait as on an identity card: soft, with a little of everything in it.
void glue_photo(PageImage& page, const Box& box) {
    std::mt19937 random(5);
    for (int y = box.y0; y < box.y1; ++y) {
        for (int x = box.x0; x < box.x1; ++x) {
            const double u = (x - box.x0) / 40.0;
            const double v = (y - box.y0) / 55.0;
            const double soft = 120 + 60 * std::sin(u) * std::cos(v) + 30 * std::sin(3 * u + 2 * v);
            const int grain = static_cast<int>(random() % 25) - 12;
            const auto value = static_cast<std::uint8_t>(std::clamp(soft + grain, 0.0, 255.0));
            for (int channel = 0; channel < page.channels; ++channel) {
                page.pixels
                    [static_cast<std::size_t>(y) * page.row_bytes() +
                     static_cast<std::size_t>(x * page.channels + channel)] = value;
            }
        }
    }
}

TEST(PageInLayers, APhotographIsKeptFine) {
    PageImage image = letter().noise(2.0).grey();
    const Box photo = box_mm(30, 150, 65, 195);
    glue_photo(image, photo);
    const Shown page = shown(std::move(image));
    expect_faithful(page);
    EXPECT_GT(contrast_kept(page, photo), 0.9);
    EXPECT_LT(page.packed.bytes.size(), 250'000U);
}

TEST(PageInLayers, APageThatIsAPhotographIsNoLayers) {
    PageImage image = letter().grey();
    glue_photo(image, {0, 0, image.width_px, image.height_px});
    EXPECT_EQ(image::encode_for_pdf(image).coding, ImageCoding::Jpeg);
}

/// Paints a rule of ink as wide as a pen over the page.
void rule(PageImage& page, int y0, const Ink& ink) {
    for (int y = y0; y < y0 + 6; ++y) {
        for (int x = 300; x < 1500; ++x) {
            std::uint8_t* pixel = page.pixels.data() +
                                  static_cast<std::size_t>(y) * page.row_bytes() +
                                  static_cast<std::size_t>(x) * 3;
            pixel[0] = ink.red;
            pixel[1] = ink.green;
            pixel[2] = ink.blue;
        }
    }
}

TEST(PageInLayers, EveryInkKeepsItsColourOnColouredPaper) {
    PageImage image = letter().noise(2.0).colour(250, 240, 200);
    const Ink blue{30, 50, 150};
    const Ink red{190, 50, 60};
    const Ink green{90, 160, 110};
    rule(image, 1700, blue);
    rule(image, 1800, red);
    rule(image, 1900, green);
    const Shown page = shown(std::move(image));
    EXPECT_EQ(page.packed.coding, ImageCoding::Layers);
    EXPECT_EQ(page.packed.channels, 3);
    EXPECT_LT(page.packed.bytes.size(), 80'000U);
    expect_faithful(page);
    for (const auto& [y, ink] : {std::pair(1703, blue), {1803, red}, {1903, green}}) {
        const std::uint8_t* pixel = page.seen.row(y) + 900 * 3;
        EXPECT_NEAR(pixel[0], ink.red, 20) << y;
        EXPECT_NEAR(pixel[1], ink.green, 20) << y;
        EXPECT_NEAR(pixel[2], ink.blue, 20) << y;
    }
}

TEST(PageInLayers, DotsAndCommasStay) {
    PageImage image = letter().noise(2.0).grey();
    std::vector<Box> dots;
    for (int i = 0; i < 60; ++i) { // 0.25 mm and 0.17 mm, dark and less dark
        const int side = i % 2 == 0 ? 3 : 2;
        const int x = 300 + 31 * i;
        const int y = 1700 + 13 * (i % 7);
        dots.push_back({x, y, x + side, y + side});
        for (int dy = 0; dy < side; ++dy) {
            std::fill_n(
                image.pixels.begin() + (y + dy) * image.width_px + x, side, i % 3 == 0 ? 110 : 40
            );
        }
    }
    const Shown page = shown(std::move(image));
    for (const Box& dot : dots) {
        EXPECT_LT(mean(page.seen, dot), 190.0) << dot.x0;
    }
}

} // namespace
} // namespace pleiade
