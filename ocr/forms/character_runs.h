#pragma once
// Characters on a line of which no cells are known: the cell reader is led along it and says where
// there is one.

#include "core/page_image.h"
#include "ocr/cell_reader.h"
#include "ocr/forms/digit_lines.h"

#include <cstddef>
#include <vector>

namespace pleiade::ocr {

/// One character of a line, as seen from where it is read best.
struct SeenCharacter {
    double x_px = 0.0; ///< Centre.
    CellOdds odds;
};

/// How likely it is what it looks like most.
[[nodiscard]] double odds_of(const SeenCharacter& seen);

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
