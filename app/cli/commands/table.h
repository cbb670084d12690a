#pragma once
// A table for a terminal: columns as wide as their widest cell, numbers to the right.

#include <string>
#include <vector>

namespace pleiade::cli {

/// First row is the heading. The first two columns are text and stand left, the others stand right.
[[nodiscard]] std::string table_text(const std::vector<std::vector<std::string>>& rows);

/// What a terminal shows of a UTF-8 text: characters, not bytes.
[[nodiscard]] std::size_t shown_width(const std::string& text);

} // namespace pleiade::cli
