#pragma once
// The chain of directories of a TIFF file, one per page, followed without decoding anything.

#include "core/bytes.h"

#include <cstdint>
#include <vector>

namespace pleiade::image {

struct TiffDirectories {
    std::vector<std::uint64_t> offsets; ///< Of the pages, in order.
    bool cut_short = false;             ///< The chain leads out of the file after these.
};

/// Classic and BigTIFF. A chain that comes back to a directory already seen ends there; previews
/// and masks are left out. @param most Stops after one more than so many pages.
[[nodiscard]] TiffDirectories tiff_directories(BytesView bytes, int most);

} // namespace pleiade::image
