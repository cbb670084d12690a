#include "ocr/forms/cell_places.h"

#include "ocr/forms/median.h"

#include <cmath>

namespace pleiade::ocr {
namespace {

constexpr double like_the_others = 0.25; // chosen: of the height of the usual character

double centre_y(const Box& box) {
    return (box.y0 + box.y1) / 2.0;
}

double centre_x(const Box& box) {
    return (box.x0 + box.x1) / 2.0;
}

} // namespace

std::vector<CellPlace> cell_places(const CombInk& ink, const CombRow& row) {
    std::vector<double> heights;
    std::vector<double> rises; // of the centres, above the line of the cell
    for (std::size_t i = 0; i < ink.cells.size(); ++i) {
        if (!ink.cells[i].empty()) {
            heights.push_back(ink.inks_px[i].height());
            rises.push_back(row.cells_px[i].y1 - centre_y(ink.inks_px[i]));
        }
    }
    if (heights.empty()) {
        return {};
    }
    const double height = median(heights);
    const double rise = median(rises);
    std::vector<CellPlace> places;
    for (std::size_t i = 0; i < ink.cells.size(); ++i) {
        const Box& found = ink.inks_px[i];
        const bool whole =
            !ink.cells[i].empty() && std::abs(found.height() - height) < like_the_others * height;
        const Box& cell = row.cells_px[i];
        places.push_back(
            {whole ? centre_x(found) : centre_x(cell),
             whole ? centre_y(found) : cell.y1 - rise,
             height}
        );
    }
    return places;
}

} // namespace pleiade::ocr
