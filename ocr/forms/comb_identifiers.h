#pragma once
// Identifiers and dates written in comb boxes.

#include "core/identifier.h"
#include "core/page_image.h"
#include "ocr/cell_reader.h"
#include "ocr/forms/comb_rows.h"
#include "ocr/forms/digit_lines.h"
#include "ocr/identifiers/label.h"
#include "ocr/text_reader.h"

#include <optional>
#include <vector>

namespace pleiade::ocr {

/// Two readers that err at different characters: cell by cell, lines and all, and the text reader
/// on the ink alone.
struct CombReaders {
    CellReader& cells;
    TextReader& zones;
};

/// What a row says, judged by the number of its filled cells (15 or 13: NIR, 14: SIRET, 11: RPPS,
/// 27: IBAN, 8: date) or, for nine, by its label. Nothing when it is empty or of no such length.
[[nodiscard]] std::optional<Identifier> identifier_in(
    const PageImage& grey,
    const CombRow& row,
    const std::vector<Label>& labels,
    const CombReaders& readers
);

/// The line of a row of which only a part was found, or found wrong, as far as the rest may reach;
/// nothing when the row holds too little ink to say where its characters stand.
[[nodiscard]] std::optional<DigitLine> line_of(const PageImage& grey, const CombRow& row);

/// A number of one of these kinds on a line whose cells were not found, or found wrong. Numbers
/// that nothing verifies must stand alone. Nothing when there is no doubtless one.
[[nodiscard]] std::optional<Identifier> identifier_along(
    const PageImage& grey,
    const DigitLine& line,
    const std::vector<IdentifierKind>& kinds,
    CellReader& cells
);

} // namespace pleiade::ocr
