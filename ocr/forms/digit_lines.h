#pragma once
// Rows of characters set apart, whatever the cells around them look like: the cell reader is led
// along the line on which the ink of digits stands, and says where there is one.

#include "core/box.h"
#include "core/page_image.h"
#include "ocr/cell_reader.h"

#include <cstddef>
#include <vector>

namespace pleiade::ocr {

/// A line on which digits of one height seem to stand.
struct DigitLine {
    double x0_px = 0.0; ///< Where to begin to look ...
    double x1_px = 0.0; ///< ... and where to end.
    double y_px = 0.0;  ///< Height of the middle of the digits at x0_px.
    double slope = 0.0;
    double height_px = 0.0; ///< Of a digit.
};

/// Lines in a place, the one with the broadest ink of like height first; three at most.
[[nodiscard]] std::vector<DigitLine> digit_lines(const PageImage& grey, const Box& place_px);

/// Lines of at least eight characters set farther apart than those of words, anywhere on the page;
/// the longest first. A heuristic: capitals of a title set wide are found as well.
[[nodiscard]] std::vector<DigitLine> spaced_lines(const PageImage& grey);

/// One character of a line, as seen from where it is read best.
struct SeenCharacter {
    double x_px = 0.0; ///< Centre.
    CellOdds odds;
};

/// Characters at like distances, left to right, nothing between them but the gaps of groups.
using CharacterRun = std::vector<SeenCharacter>;

/// The runs on a line that hold at least `least` characters.
[[nodiscard]] std::vector<CharacterRun>
runs_along(const PageImage& grey, const DigitLine& line, std::size_t least, CellReader& reader);

/// Does ink stand at x from the top to the bottom of the line? Small letters do not reach the top.
[[nodiscard]] bool is_full_height(const PageImage& grey, const DigitLine& line, double x_px);

/// The run with the widest hole filled by what is read there; empty when no gap is as wide as a
/// character that was not seen. Something hides a character: a stamp, a streak.
[[nodiscard]] CharacterRun with_hole_filled(
    const PageImage& grey, const DigitLine& line, const CharacterRun& run, CellReader& reader
);

} // namespace pleiade::ocr
