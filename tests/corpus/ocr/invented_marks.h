#pragma once
// Seeded A4 pages that bear symbols in every bad state the mail brings, and pages that bear none,
// to count what the mark reader reads and what it only believes to read.

#include "core/box.h"
#include "core/page_image.h"

#include <string>
#include <vector>

namespace pleiade::test {

struct InventedMark {
    std::string format; ///< As the reader calls it.
    std::string text;
    Box box_px; ///< With its quiet zone.
};

struct InventedPage {
    PageImage grey;
    std::vector<InventedMark> marks;
};

/// The kinds of pages there are: "small-300dpi", "any-angle" ...
[[nodiscard]] const std::vector<std::string>& invented_kinds();

/// The page of that kind with that number: always the same one.
/// @throws std::logic_error when there is no such kind.
[[nodiscard]] InventedPage invented_page(const std::string& kind, int number);

} // namespace pleiade::test
