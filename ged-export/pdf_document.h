#pragma once
// One document as one searchable PDF/A-1b file: the page pictures as they stand, the words that
// were read invisibly over them, and what the document is. Why so: docs/adr/0020.
//
// Source: ISO 19005-1:2005 (PDF/A-1, level b), PDF Reference 1.4, XMP Specification 2005.

#include "core/bytes.h"
#include "core/clock.h"
#include "core/page_image.h"
#include "core/page_text.h"

#include <chrono>
#include <string>
#include <vector>

namespace pleiade::ged {

struct PdfPage {
    EncodedImage image; ///< Its streams go into the file as they are; layers are taken apart.
    PageText text;      ///< Boxes in pixels of `image`; empty for a page nobody could read.
};

/// What the file says about itself, in the Info dictionary and in XMP. There is no room for the
/// names or numbers of people, on purpose: file properties are shown to everybody.
struct PdfMetadata {
    std::string document_id; ///< The platform's own, stable over deliveries.
    std::string caisse;      ///< "061".
    std::string type_code;   ///< "AAT".
    std::string type_title;  ///< French, for people: "Avis d'arrêt de travail".
    std::chrono::sys_days received;
    Instant created; ///< When the document was made; kept with it, so that twice gives same bytes.
};

/// "Avis d'arrêt de travail – 061 – 14/03/2026".
[[nodiscard]] std::string pdf_title(const PdfMetadata& metadata);

/// The whole file. Same input, same bytes.
///
/// Characters outside the Basic Multilingual Plane are searchable only as U+FFFD.
/// @throws Error(FixInput) when there is no page, too many for one file, or one without a picture.
[[nodiscard]] Bytes build_pdf(const std::vector<PdfPage>& pages, const PdfMetadata& metadata);

} // namespace pleiade::ged
