#pragma once
// Draws test pages: text in real fonts and lines, through a small PDF, as a scanner would give
// them.

#include "core/page_image.h"

#include <string>

namespace pleiade::test {

/// What the scanner does to the page; all of it seeded.
struct ScanDefects {
    double skew_deg = 0.0;
    double noise = 0.0; ///< Standard deviation in grey levels.
    bool bitonal = false;
};

/// An A4 page in millimetres from the top left corner.
class PagePainter {
public:
    /// @param font One of the PDF base fonts: "Helvetica", "Courier", "Courier-Bold",
    /// "Times-Roman".
    void
    text(double x_mm, double y_mm, const std::string& font, double points, const std::string& text);

    /// @param grey 0 black to 1 white.
    void line(
        double x0_mm, double y0_mm, double x1_mm, double y1_mm, double grey, double width_mm = 0.25
    );

    [[nodiscard]] PageImage scanned(const ScanDefects& defects) const;

private:
    std::string content_; ///< PDF page description.
};

enum class CombStyle { Ticks, Boxes, SeparateBoxes };

struct CombLook {
    CombStyle style = CombStyle::Ticks;
    std::string font = "Courier";
    double grey = 0.0; ///< Of the lines.
    double pitch_mm = 4.9;
};

/// One group of cells with its characters; a blank leaves a cell empty. Gives its right end.
double paint_comb(
    PagePainter& page, double x_mm, double y_mm, const CombLook& look, const std::string& cells
);

} // namespace pleiade::test
