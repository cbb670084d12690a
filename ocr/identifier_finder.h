#pragma once
// Finds identifiers and dates on a read page: in its words, its comb boxes and its barcodes.
//
// Confidence is a heuristic, not a measured probability: how many independent readings agree, what
// the check rule is worth, and whether a label or the usual grouping says what the number is. The
// scale is in identifiers/verification.cpp.

#include "core/identifier.h"
#include "core/mark.h"
#include "core/page_image.h"
#include "core/page_text.h"
#include "ocr/cell_reader.h"
#include "ocr/text_reader.h"

#include <vector>

namespace pleiade::ocr {

/// All identifiers of an upright, deskewed one-channel page, each value of a kind once.
///
/// Numbers found in the words are read again as zones (at most a few a page), and a number whose
/// two readings both satisfy the check but differ is given as not valid. Dates outside comb boxes
/// are taken from the words alone, without characters.
[[nodiscard]] std::vector<Identifier> find_identifiers(
    const PageImage& grey,
    const PageText& text,
    const std::vector<Mark>& marks,
    TextReader& zones,
    CellReader& cells
);

} // namespace pleiade::ocr
