#pragma once
// Characters set apart like in a comb whose lines the scanner has lost: light lines vanish from
// black-and-white scans, or leave dots that spoil the reading.

#include "ocr/forms/comb_rows.h"
#include "ocr/identifiers/label.h"

#include <optional>
#include <vector>

namespace pleiade::ocr {

/// The place of a labelled number: from the end of the label's words to the next word.
[[nodiscard]] Box
place_after(const Label& label, const std::vector<Token>& tokens, const PageImage& grey);

/// Thirteen or fifteen characters at regular distances (before the key a wider one) as a row of
/// cells; nothing when there are more, fewer or other ones.
[[nodiscard]] std::optional<CombRow> loose_row(const PageImage& grey, const Box& place_px);

} // namespace pleiade::ocr
