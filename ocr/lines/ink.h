#pragma once
// What may be letters: connected ink of a reduced page once rules and dirt are taken out.

#include "core/page_image.h"

#include <opencv2/core.hpp>

#include <vector>

namespace pleiade::ocr {

/// A connected piece of ink, in pixels of the reduced page.
struct Piece {
    int x0 = 0;
    int y0 = 0;
    int x1 = 0;
    int y1 = 0;
    int area = 0;
    int darkness = 0; ///< Mean, below the neighbourhood, in grey levels.

    [[nodiscard]] int width() const { return x1 - x0; }
    [[nodiscard]] int height() const { return y1 - y0; }
};

struct PageInk {
    std::vector<Piece> letters; ///< Of the size of letters or joined letters, sorted by x0.
    std::vector<Piece> dots;    ///< Smaller: dots, commas, accents, dirt; sorted by x0.
    std::vector<Piece> leaders; ///< The dots of rows that lead to a value or are written upon.
    double scale = 1.0;         ///< Pixels of the page for one of these.
    double dpi = 150.0;         ///< Of the reduced page.
};

/// Dark on light, and light on dark where the ground is dark.
[[nodiscard]] PageInk ink_on(const PageImage& grey);

} // namespace pleiade::ocr
