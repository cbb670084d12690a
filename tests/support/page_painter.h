#pragma once
// Paints pages as scanners deliver them, with text and dirt, the same every time for the same seed.
// Nothing here is meant to be read by text recognition: the letters are strokes.

#include "core/page_image.h"

#include <random>
#include <string>

namespace pleiade::test {

/// One sheet being painted. Lengths in millimetres from its top left corner; grey levels 0 (black)
/// to 255.
class PagePainter {
public:
    struct Sheet {
        double width_mm = 210.0;
        double height_mm = 297.0;
        int dpi = 300;
        int paper = 250;
        unsigned seed = 1;
    };
    explicit PagePainter(const Sheet& sheet);

    /// One line of type, `y_mm` is its baseline.
    PagePainter& line(double x_mm, double y_mm, const std::string& text, double height_mm = 3.0);
    /// Lines of French text down to `to_mm`.
    PagePainter& paragraphs(double from_mm, double to_mm, double height_mm = 3.0);
    PagePainter& signature(double x_mm, double y_mm, int ink = 60);
    PagePainter& stamp(double x_mm, double y_mm, int ink = 110);
    PagePainter& barcode(double x_mm, double y_mm);
    /// Black and white squares as in a QR code, 30 mm wide.
    PagePainter& squares(double x_mm, double y_mm);
    PagePainter& punch_holes(int level = 20);
    PagePainter& staple_holes();
    /// A staple left in the paper, as the lamp shows it: a short bar.
    PagePainter& staple(double x_mm, double y_mm, double clockwise_deg);
    /// Writing paper: lines from edge to edge; with `across`, squares.
    PagePainter& ruled(double step_mm, int level, bool across = false);
    /// Large pale letters in the paper itself.
    PagePainter& watermark(int level);
    /// A soft shadow of half a disc beside each punch hole.
    PagePainter& hole_shadows(int depth = 60);
    PagePainter& dust(int count, double largest_mm = 0.6);
    /// A scanner's dirty glass: a line down the whole page.
    PagePainter& streak(double x_mm, int level = 120);
    /// The soft shadow where a letter was folded.
    PagePainter& fold(double y_mm, int depth = 40);
    /// The other side shining through: mirrored, pale and soft.
    PagePainter& bleed_through(int depth = 30);
    /// This very front shining through: mirrored, soft, as dark as `strength` of itself.
    PagePainter& shine_through(const PagePainter& front, double strength);
    /// The lower edge in shadow, `darkest` of the light at the edge itself.
    PagePainter& edge_shadow(double reach_mm, double darkest);
    /// The top right corner folded back or torn off: the scanner's background is seen there.
    PagePainter& missing_corner(double leg_mm, int background);
    /// Another sheet of the same size under this one, to the right and further down.
    PagePainter& second_sheet(double right_mm, double down_mm, int background);
    PagePainter& noise(double deviation);
    PagePainter& blur(double pixels);

    /// As on the scanner's glass: the sheet lies clockwise by an angle on a background that shows
    /// `margin_mm` on every side.
    PagePainter& lay_on_glass(double clockwise_deg, double margin_mm, int background);
    /// The page skewed in place, corners filled with paper.
    PagePainter& skew(double clockwise_deg);
    PagePainter& turn(int clockwise_deg);

    [[nodiscard]] PageImage grey() const;
    /// @param threshold Black below it.
    [[nodiscard]] PageImage bitonal(int threshold = 128) const;
    /// Paper of this tint, ink as painted.
    [[nodiscard]] PageImage colour(int red, int green, int blue) const;

private:
    [[nodiscard]] int px(double millimetres) const;

    Sheet sheet_;
    std::mt19937 random_; // its numbers, unlike those of distributions, are fixed by the standard
    PageImage page_;
};

} // namespace pleiade::test
