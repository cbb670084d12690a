#pragma once
// Patch codes: four bars across a separator sheet, wide or narrow.
//
// Source: Kodak A-61599 "Patch Code Information for Kodak Scanners", October 2006, "Patch code
// specifications" (edges of bars and spaces in inches from the leading edge), and the same table in
// Kodak A-61670, August 2014, 6-10.

#include "core/mark.h"
#include "ocr/barcode/reduced_page.h"

#include <vector>

namespace pleiade::ocr {

/// All patch codes, as marks named "Patch1" ... "PatchT" with boxes on the page itself. Each is
/// read from the nearest edge of the page inwards, as a feeder would meet it: from the other side
/// T is 3 and 1 is 6.
[[nodiscard]] std::vector<Mark> patch_codes(const ReducedPage& page);

} // namespace pleiade::ocr
