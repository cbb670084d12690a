#pragma once
// From one page of a file to everything that stands on it. No database, no file, no network: what
// is read twice is read the same.

#include "capture/image/page_cleaner.h"
#include "capture/image/page_source.h"
#include "core/page_read.h"
#include "core/sealed_document.h"
#include "ocr/cell_reader.h"
#include "ocr/mark_reader.h"
#include "ocr/text_reader.h"

#include <vector>

namespace pleiade::reader {

/// What reading is made of. One set per reader process.
struct Stages {
    image::PageCleaner& cleaner;
    ocr::TextReader& text;
    ocr::MarkReader& marks;
    ocr::CellReader& cells;
    const std::vector<SealCertificate>& seal_certificates; ///< The trust list for 2D-Docs.
};

/// Reads one page: decode, clean, marks, text, identifiers, 2D-Docs, its print, and the pictures
/// for PDF and screen.
///
/// Marks come before text: a separator sheet or a blank side needs no text recognition. A page that
/// bears a separator's mark but says more than a sheet is no separator. A small picture that shows
/// a mark is never blank, and stays as it came when cleaning would lose the mark.
/// @throws Error(FixInput) when the page cannot be decoded.
[[nodiscard]] PageRead
read_page(const image::PageSource& file, int page_index, const Stages& stages);

} // namespace pleiade::reader
