#pragma once
// The meaning of the grey and red-green-blue values in our files.

#include <string>

namespace pleiade::ged {

/// An sRGB profile as an ICC version 2 file (PDF/A-1 knows no version 4), always the same bytes.
///
/// Source: IEC 61966-2-1; ICC.1:2001-04.
[[nodiscard]] const std::string& srgb_profile();

} // namespace pleiade::ged
