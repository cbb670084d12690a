#pragma once
// Identifiers on lines whose cells were not found, or found wrong.

#include "core/identifier.h"
#include "core/page_image.h"
#include "ocr/cell_reader.h"
#include "ocr/forms/comb_rows.h"
#include "ocr/forms/digit_lines.h"

#include <optional>
#include <vector>

namespace pleiade::ocr {

/// The line of a row of which only a part was found, or found wrong, as far as the rest may reach;
/// nothing when the row holds too little ink to say where its characters stand.
[[nodiscard]] std::optional<DigitLine> line_of(const PageImage& grey, const CombRow& row);

/// A number of one of these kinds on the line. Numbers that nothing verifies must stand alone.
/// Nothing when there is no doubtless one.
[[nodiscard]] std::optional<Identifier> identifier_along(
    const PageImage& grey,
    const DigitLine& line,
    const std::vector<IdentifierKind>& kinds,
    CellReader& cells
);

} // namespace pleiade::ocr
