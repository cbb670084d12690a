#pragma once
// What makes an archive copy of a PDF: metadata and the meaning of its colours.
//
// Source: ISO 19005-1:2005 6.2.2 (output intent), 6.7 (metadata).

#include "core/clock.h"

#include <qpdf/QPDF.hh>

#include <string>

namespace pleiade::ged {

/// Makes the file say that it is PDF/A-1b, which the caller sees to otherwise.
/// @param packet XMP with the same title and time.
void describe_archive(
    QPDF& pdf, const std::string& title, Instant created, const std::string& packet
);

} // namespace pleiade::ged
