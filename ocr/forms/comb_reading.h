#pragma once
// Reads the characters of a comb row, one per cell: the printed lines are removed, the characters
// set close together on a clean strip, and the strip is read in one go.

#include "core/page_image.h"
#include "core/page_text.h"
#include "ocr/forms/comb_rows.h"
#include "ocr/text_reader.h"

#include <string>
#include <vector>

namespace pleiade::ocr {

/// The ink of one row, free of lines; made once, read as often as needed.
struct CombInk {
    std::vector<PageImage> cells; ///< All of one height; without pixels where the cell is empty.
    std::vector<Box> inks_px;     ///< Where the ink of each cell stands on the page.
    int dpi = 300;

    [[nodiscard]] std::size_t filled() const;
};

[[nodiscard]] CombInk ink_of(const PageImage& grey, const CombRow& row);

/// One entry per cell. An empty cell has an empty text, an unreadable one "?".
using CombCharacters = std::vector<Character>;

/// How the characters are set on the strip. Different settings err at different characters.
struct CombSetting {
    double gap = 0.25;     ///< Between characters, in heights of the tallest ink.
    std::size_t group = 0; ///< Characters between blanks; 0 = no blanks.
    double blank = 0.0;    ///< What a blank adds to the gap, in heights.
    ZoneContent content = ZoneContent::Digits;
};

[[nodiscard]] CombCharacters
read_comb(const CombInk& ink, const CombSetting& setting, TextReader& zones);

} // namespace pleiade::ocr
