#pragma once
// Counts what the mark reader makes of invented pages.

#include "ocr/mark_reader.h"
#include "tests/corpus/ocr/invented_marks.h"

#include <string>
#include <vector>

namespace pleiade::test {

struct MarkCounts {
    int symbols = 0;
    int read = 0;                   ///< With their format and text.
    int misread = 0;                ///< Marks that say what stands nowhere on the page.
    double millis = 0.0;            ///< Of processor time, of the reader alone.
    std::vector<std::string> lines; ///< What was not read and what was misread.
};

/// Pages `first` to `first + pages - 1` of a kind.
[[nodiscard]] MarkCounts
counts_of(const std::string& kind, int first, int pages, ocr::MarkReader& reader);

} // namespace pleiade::test
