#pragma once
// What both kinds of PDF files of this module have in common with the PDF library.

#include "core/bytes.h"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include <cstddef>
#include <string>

namespace pleiade::ged {

/// An indirect stream whose bytes are packed when the file is written.
[[nodiscard]] QPDFObjectHandle add_stream(QPDF& pdf, const std::string& bytes);

/// An indirect stream whose bytes go into the file as they are, with `dictionary` saying how they
/// are packed already. Nothing is copied: `bytes` must live until written().
[[nodiscard]] QPDFObjectHandle
add_packed_stream(QPDF& pdf, QPDFObjectHandle dictionary, BytesView bytes);

/// The same with a copy of the bytes.
[[nodiscard]] QPDFObjectHandle
add_packed_copy(QPDF& pdf, QPDFObjectHandle dictionary, BytesView bytes);

/// PDF 1.4 without object streams, with an identifier made from the content.
[[nodiscard]] Bytes written(QPDF& pdf, std::size_t expected_bytes);

} // namespace pleiade::ged
