#pragma once
// What the PDF says about itself, in both places where PDF/A wants the same said. Pure text.
//
// Source: ISO 19005-1 6.7 (metadata) and its corrigenda, XMP Specification September 2005.

#include "ged-export/pdf_document.h"

#include <string>

namespace pleiade::ged {

inline constexpr const char* producer = "Pleiade";
inline constexpr const char* language = "fr-FR";

/// "D:20260314101500+00'00'".
[[nodiscard]] std::string pdf_date(Instant instant);

/// "2026-03-14T10:15:00+00:00".
[[nodiscard]] std::string iso_date(Instant instant);

/// The whole metadata packet, with the description of our own properties that PDF/A asks for.
[[nodiscard]] std::string xmp_packet(const PdfMetadata& metadata);

/// The same of a sheet that is no document of mail.
[[nodiscard]] std::string xmp_packet(const std::string& title, Instant created);

} // namespace pleiade::ged
