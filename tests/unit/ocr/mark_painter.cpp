#include "tests/unit/ocr/mark_painter.h"

#include <zint.h>

#include <cmath>
#include <memory>
#include <random>
#include <stdexcept>

namespace pleiade::test {
namespace {

constexpr double pi = 3.14159265358979323846;
constexpr std::uint8_t white = 255;
constexpr std::uint8_t black = 0;

std::uint8_t& pixel(PageImage& page, int x, int y) {
    return page.pixels.at(
        static_cast<std::size_t>(y) * page.row_bytes() + static_cast<std::size_t>(x)
    );
}

int zint_symbology(Symbology symbology) {
    switch (symbology) {
    case Symbology::Code128:
        return BARCODE_CODE128;
    case Symbology::Code39:
        return BARCODE_CODE39;
    case Symbology::Itf:
        return BARCODE_C25INTER;
    case Symbology::Ean13:
        return BARCODE_EANX;
    case Symbology::Ean8:
        return BARCODE_EANX;
    case Symbology::UpcA:
        return BARCODE_UPCA;
    case Symbology::UpcE:
        return BARCODE_UPCE;
    case Symbology::Codabar:
        return BARCODE_CODABAR;
    case Symbology::Code93:
        return BARCODE_CODE93;
    case Symbology::DataBar:
        return BARCODE_DBAR_OMN;
    case Symbology::Qr:
        return BARCODE_QRCODE;
    case Symbology::MicroQr:
        return BARCODE_MICROQR;
    case Symbology::DataMatrix:
        return BARCODE_DATAMATRIX;
    case Symbology::Pdf417:
        return BARCODE_PDF417;
    case Symbology::Aztec:
        return BARCODE_AZTEC;
    }
    throw std::logic_error("unknown symbology");
}

struct ZintDeleter {
    void operator()(zint_symbol* symbol) const { ZBarcode_Delete(symbol); }
};

} // namespace

PageImage encoded(Symbology symbology, const std::string& text, bool is_bytes) {
    const std::unique_ptr<zint_symbol, ZintDeleter> symbol(ZBarcode_Create());
    symbol->symbology = zint_symbology(symbology);
    symbol->scale = 0.5F; // spec: zint manual, 0.5 is one pixel for each module
    symbol->show_hrt = 0;
    symbol->input_mode = is_bytes ? DATA_MODE : UNICODE_MODE;
    if (symbology == Symbology::DataMatrix) {
        symbol->option_3 = DM_SQUARE;
    }
    if (symbology == Symbology::Ean13 || symbology == Symbology::Ean8 ||
        symbology == Symbology::UpcA || symbology == Symbology::UpcE) {
        symbol->height = 50.0F;
    }
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.c_str());
    if (ZBarcode_Encode_and_Buffer(symbol.get(), bytes, static_cast<int>(text.size()), 0) >=
        ZINT_ERROR) {
        throw std::runtime_error(std::string("zint: ") + symbol->errtxt);
    }
    PageImage image = blank_page(symbol->bitmap_width, symbol->bitmap_height);
    for (std::size_t i = 0; i < image.pixels.size(); ++i) {
        image.pixels[i] = symbol->bitmap[3 * i];
    }
    return image;
}

PageImage blank_page(int width_px, int height_px) {
    PageImage page;
    page.width_px = width_px;
    page.height_px = height_px;
    page.pixels.assign(
        static_cast<std::size_t>(width_px) * static_cast<std::size_t>(height_px), white
    );
    return page;
}

PageImage blank_a4_page() {
    return blank_page(2480, 3508); // spec: ISO 216 A4 at 300 dpi
}

void paint(PageImage& page, const SymbolToPaint& symbol) {
    const PageImage modules = turned_clockwise(
        encoded(symbol.symbology, symbol.text, symbol.is_bytes), symbol.quarter_turns
    );
    const auto size = [&](int count) { return static_cast<int>(count * symbol.module_px); };
    for (int y = 0; y < size(modules.height_px); ++y) {
        const std::uint8_t* row = modules.row(static_cast<int>(y / symbol.module_px));
        for (int x = 0; x < size(modules.width_px); ++x) {
            pixel(page, symbol.x_px + x, symbol.y_px + y) =
                row[static_cast<int>(x / symbol.module_px)];
        }
    }
}

void paint_bar(PageImage& page, int x_px, int y_px, int width_px, int height_px) {
    for (int y = y_px; y < y_px + height_px; ++y) {
        for (int x = x_px; x < x_px + width_px; ++x) {
            pixel(page, x, y) = black;
        }
    }
}

void hide(PageImage& page, int x_px, int y_px, int width_px, int height_px) {
    for (int y = y_px; y < y_px + height_px; ++y) {
        for (int x = x_px; x < x_px + width_px; ++x) {
            pixel(page, x, y) = white;
        }
    }
}

void paint_strokes_like_text(PageImage& page, unsigned seed) {
    std::mt19937 random(seed);
    constexpr int line_px = 60;
    constexpr int letter_px = 26;
    constexpr int stroke_px = 5;
    for (int y = 200; y + line_px < page.height_px - 200; y += line_px) {
        for (int x = 200; x + letter_px < page.width_px - 200; x += letter_px) {
            const unsigned shape = random() % 8;
            if (shape & 1U) {
                paint_bar(page, x, y, stroke_px, 36);
            }
            if (shape & 2U) {
                paint_bar(page, x, y + 15, letter_px - 8, stroke_px);
            }
            if (shape & 4U) {
                paint_bar(page, x + 12, y + 10, stroke_px, 26);
            }
        }
    }
}

void add_specks(PageImage& page, double share, unsigned seed) {
    std::mt19937 random(seed);
    const auto count = static_cast<std::size_t>(share * static_cast<double>(page.pixels.size()));
    for (std::size_t i = 0; i < count; ++i) {
        page.pixels[random() % page.pixels.size()] = (random() & 1U) != 0 ? white : black;
    }
}

PageImage turned_clockwise(const PageImage& page, int quarter_turns) {
    PageImage turned = page;
    for (int turn = 0; turn < quarter_turns % 4; ++turn) {
        PageImage next = blank_page(turned.height_px, turned.width_px);
        for (int y = 0; y < next.height_px; ++y) {
            for (int x = 0; x < next.width_px; ++x) {
                pixel(next, x, y) = pixel(turned, y, turned.height_px - 1 - x);
            }
        }
        turned = next;
    }
    return turned;
}

PageImage skewed(const PageImage& page, double angle_deg) {
    PageImage result = blank_page(page.width_px, page.height_px);
    const double cosine = std::cos(angle_deg * pi / 180.0);
    const double sine = std::sin(angle_deg * pi / 180.0);
    const double centre_x = page.width_px / 2.0;
    const double centre_y = page.height_px / 2.0;
    for (int y = 0; y < page.height_px; ++y) {
        for (int x = 0; x < page.width_px; ++x) {
            const double dx = x - centre_x;
            const double dy = y - centre_y;
            const int from_x = static_cast<int>(centre_x + dx * cosine + dy * sine);
            const int from_y = static_cast<int>(centre_y - dx * sine + dy * cosine);
            if (from_x >= 0 && from_y >= 0 && from_x < page.width_px && from_y < page.height_px) {
                pixel(result, x, y) = page.row(from_y)[from_x];
            }
        }
    }
    return result;
}

} // namespace pleiade::test
