#pragma once
// Finds the machine-readable marks of a page: barcodes, 2-D codes, patch codes. What their text
// means is for others (separator sheets: capture; identifiers: ocr/identifiers).

#include "core/mark.h"
#include "core/page_image.h"

#include <memory>
#include <vector>

namespace pleiade::ocr {

/// One per thread.
class MarkReader {
public:
    MarkReader() = default;
    virtual ~MarkReader() = default;
    MarkReader(const MarkReader&) = delete;
    MarkReader& operator=(const MarkReader&) = delete;
    MarkReader(MarkReader&&) = delete;
    MarkReader& operator=(MarkReader&&) = delete;

    /// Every mark of a one-channel page, at any angle, top to bottom.
    [[nodiscard]] virtual std::vector<Mark> read(const PageImage& grey) = 0;
};

[[nodiscard]] std::unique_ptr<MarkReader> make_mark_reader();

} // namespace pleiade::ocr
