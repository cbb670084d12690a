#pragma once
// Which numbers stand in the cells of forms, and how a sure reading becomes an identifier.

#include "core/box.h"
#include "core/identifier.h"
#include "ocr/forms/cell_verdict.h"
#include "ocr/identifiers/label.h"
#include "ocr/identifiers/rule.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace pleiade::ocr {

inline constexpr std::size_t date_length = 8; // day, month and year

/// What a row of so many characters says; nine of them only with a label that says it.
[[nodiscard]] std::optional<Rule>
rule_of(std::size_t length, const Box& row_px, const std::vector<Label>& labels);

/// The rules of these kinds, in the order of the kinds.
[[nodiscard]] std::vector<Rule> rules_of(const std::vector<IdentifierKind>& kinds);

/// How sure a number is that was settled after so many readings, 0 to 1. A heuristic, on the scale
/// of identifiers/verification.cpp.
[[nodiscard]] double confidence_of(const Rule& rule, std::size_t readings);

/// Gives a date its ISO form and a NIR without key its key.
void complete(const Rule& rule, Identifier& identifier);

/// What the cell reader alone is sure of.
[[nodiscard]] Identifier described(const Rule& rule, const CellVerdict& verdict, const Box& row_px);

} // namespace pleiade::ocr
