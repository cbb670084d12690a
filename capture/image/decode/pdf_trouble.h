#pragma once
// What goes wrong inside a PDF without poppler refusing it: it draws what it can and leaves the
// rest white, which looks like a page that was written so.

#include "core/bytes.h"
#include "core/page_image.h"

#include <string>
#include <vector>

namespace pleiade::image {

/// Why a page drawn under these complaints of poppler may not be used; empty when it may.
///
/// A heuristic on their words, because poppler-cpp gives nothing else: a picture or a compressed
/// stream that ended early or made no sense spoils every page, any other complaint only one that
/// came out blank. Fonts that are missing and the like are no trouble. It fails for pictures in
/// CCITT or stored without compression that are cut: poppler says nothing of them.
[[nodiscard]] std::string
trouble_of(const std::vector<std::string>& complaints, const PageImage& drawn);

/// Whether a JPEG picture of the file lacks its end. poppler draws what there is, and its libjpeg
/// only writes to standard error.
///
/// Looks for the bytes and not for the objects: finds no pictures that are encrypted or packed
/// twice, and does not say on which page they are.
/// Source: ITU-T T.81 B.1.1.3, markers SOI and EOI; ISO 32000-1 7.3.8.
[[nodiscard]] bool has_cut_jpeg(BytesView pdf);

} // namespace pleiade::image
