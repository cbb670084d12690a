#pragma once
// Makes 2D-Docs out of the marks of a page: named fields, and whether their signature holds.
//
// Source: ANTS / France Titres, Spécifications techniques des codes à barres 2D-Doc, V3.3.9.

#include "core/mark.h"
#include "core/sealed_document.h"

#include <vector>

namespace pleiade::ocr {

/// One for each two-dimensional mark that begins like a 2D-Doc, in the order of the marks. What is
/// wrong with one is its state, never an exception: it comes from paper.
///
/// @param trusted The trust list. A signature made outside the days of its certificate is not
/// trusted, though it may hold.
[[nodiscard]] std::vector<SealedDocument>
read_sealed_documents(const std::vector<Mark>& marks, const std::vector<SealCertificate>& trusted);

} // namespace pleiade::ocr
