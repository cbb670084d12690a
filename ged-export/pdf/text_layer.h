#pragma once
// The invisible words of a page as PDF content operators. Pure text: no PDF library.

#include "core/page_text.h"

#include <compare>
#include <map>
#include <string>

namespace pleiade::ged {

/// How far a word's ink reaches above and below its baseline, in thousandths of the type size.
///
/// All words of a line are set in one type size, or readers of the text layer tear lines apart; so
/// that the highlight of each word still is its box, the font is declared once per shape.
struct WordShape {
    int ascent = 0;
    int descent = 0;

    auto operator<=>(const WordShape&) const = default;
};

/// Names of the fonts used so far, by shape; shared by all pages of a document.
class ShapeFonts {
public:
    /// "F0", "F1" ... in order of first use.
    [[nodiscard]] const std::string& name_of(const WordShape& shape);

    [[nodiscard]] const std::map<WordShape, std::string>& all() const { return names_; }

private:
    std::map<WordShape, std::string> names_;
};

/// Where pixels of the page image lie on the PDF page.
struct PixelScale {
    double points_per_px = 0.24;
    double page_height_points = 842.0;
};

/// Everything from BT to ET; empty when there is no text.
[[nodiscard]] std::string
text_layer(const PageText& text, const PixelScale& scale, ShapeFonts& fonts);

} // namespace pleiade::ged
