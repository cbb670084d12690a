#pragma once
// Whether a page that bears the mark of a separator is a sheet and no more: a letter that shows one
// must not be thrown out of the mail.

#include "core/mark.h"
#include "core/page_image.h"
#include "core/page_text.h"

#include <vector>

namespace pleiade::capture {

/// Cheap: looks for letters outside the marks. True when the page may say more than a sheet does;
/// its text then decides.
/// @param grey One channel, upright or not.
[[nodiscard]] bool looks_written(const PageImage& grey, const std::vector<Mark>& marks);

/// True when the text is that of a sheet of ours and nothing besides.
[[nodiscard]] bool reads_as_sheet(const PageText& text);

} // namespace pleiade::capture
