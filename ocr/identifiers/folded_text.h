#pragma once
// Text without accents and case, so that labels and month names compare whatever the print.

#include <string>
#include <string_view>

namespace pleiade::ocr {

/// Lower-case ASCII; accented Latin letters lose their accent, "œ" becomes "oe", "°" and "º" become
/// "o"; what else is not ASCII becomes a blank.
[[nodiscard]] std::string folded(std::string_view utf8);

} // namespace pleiade::ocr
