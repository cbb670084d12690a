#pragma once
// The fingerprint of delivered bytes.

#include "core/bytes.h"

#include <string>

namespace pleiade::ged {

/// SHA-256 as 64 lower-case hexadecimal digits. Source: FIPS 180-4.
[[nodiscard]] std::string sha256_of(BytesView bytes);

} // namespace pleiade::ged
