#pragma once
// A machine-readable mark: barcode, 2-D code or patch code.

#include "core/box.h"
#include "core/bytes.h"

#include <string>

namespace pleiade {

/// What is known of a check digit, key or error correction.
enum class Check {
    None, ///< The symbology or number has none.
    Good,
    Bad, ///< Read, but the check says no: a value the next stage can see.
};

struct Mark {
    std::string format; ///< ZXing-C++'s name ("Code128", "QRCode", "DataMatrix" ...) or "PatchT".
    std::string text; ///< UTF-8. The separators FS to US, tab and line ends are kept; other control
                      ///< bytes and what is not UTF-8 stand as "\x00".
    Box box_px;
    Check check = Check::None;
    Bytes bytes; ///< What the symbol holds, where `text` is not just that; else empty.
};

} // namespace pleiade
