#pragma once
// Paints pages with symbols encoded by libzint, an encoder that shares no code with the reader.

#include "core/page_image.h"

#include <string>

namespace pleiade::test {

/// Names of zint's symbologies used here, so that zint.h stays out of the tests.
enum class Symbology {
    Code128,
    Code39,
    Itf,
    Ean13,
    Ean8,
    UpcA,
    UpcE,
    Codabar,
    Code93,
    DataBar,
    Qr,
    MicroQr,
    DataMatrix,
    Pdf417,
    Aztec
};

struct SymbolToPaint {
    Symbology symbology = Symbology::Code128;
    std::string text;
    int x_px = 0;
    int y_px = 0;
    double module_px = 4.0;
    int quarter_turns = 0; ///< Clockwise.
    bool is_bytes = false; ///< The text is no UTF-8 but bytes as they are.
};

/// The symbol alone, one pixel for each module, without a quiet zone; bars are 50 modules high.
/// Throws std::runtime_error when zint refuses the text.
[[nodiscard]] PageImage
encoded(Symbology symbology, const std::string& text, bool is_bytes = false);

/// A white page of one channel.
[[nodiscard]] PageImage blank_page(int width_px, int height_px);
[[nodiscard]] PageImage blank_a4_page();

/// Throws std::runtime_error when zint refuses the text.
void paint(PageImage& page, const SymbolToPaint& symbol);
void paint_bar(PageImage& page, int x_px, int y_px, int width_px, int height_px);

/// Makes a rectangle white again.
void hide(PageImage& page, int x_px, int y_px, int width_px, int height_px);

/// Rows of letter-like strokes, from the seed only.
void paint_strokes_like_text(PageImage& page, unsigned seed);
/// Turns this share of the pixels to black or white, from the seed only.
void add_specks(PageImage& page, double share, unsigned seed);
[[nodiscard]] PageImage turned_clockwise(const PageImage& page, int quarter_turns);
[[nodiscard]] PageImage skewed(const PageImage& page, double angle_deg);

} // namespace pleiade::test
