#pragma once
// Text as a terminal may get it: names that hold nothing but what is seen, numbers with their
// nouns.

#include <string>

namespace pleiade::cli {

/// Control characters become visible: a file may be named so that it moves the cursor or begins a
/// line of its own.
[[nodiscard]] std::string shown(const std::string& text);

/// "1 file", "2 files".
[[nodiscard]] std::string counted(long number, const std::string& singular);

/// "1 page or pli set aside", "2 pages or plis set aside": while a run works nobody knows yet
/// which.
[[nodiscard]] std::string set_aside_text(long number);

} // namespace pleiade::cli
