#pragma once
// Whether what the cell reader saw in a row is certain enough to stand alone.

#include "core/page_text.h"
#include "ocr/cell_reader.h"
#include "ocr/identifiers/rule.h"

#include <optional>
#include <string>
#include <vector>

namespace pleiade::ocr {

/// How much a rule is worth against a reading that is wrong in two places.
enum class Proof { Strong, Weak, None };

[[nodiscard]] Proof proof_of(const Rule& rule);

struct CellVerdict {
    std::string text;
    bool repaired = false; ///< Not the likeliest characters, but the likeliest that hold the check.
    std::string repair;    ///< "8 read at 4, is 3"; positions from 1.
    std::vector<Character> characters; ///< Without boxes.
};

/// The text that the cells and the rule leave no doubt about; nothing when they do.
/// @param cells as many as the rule's shape has letters.
[[nodiscard]] std::optional<CellVerdict>
verdict_of(const Rule& rule, Proof proof, const std::vector<CellOdds>& cells);

} // namespace pleiade::ocr
