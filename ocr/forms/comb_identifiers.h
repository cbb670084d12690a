#pragma once
// Identifiers and dates written in comb boxes.

#include "core/identifier.h"
#include "core/page_image.h"
#include "ocr/cell_reader.h"
#include "ocr/forms/comb_rows.h"
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

} // namespace pleiade::ocr
