#pragma once
// A day as text, the way ISO 8601 writes it: 2026-03-14.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace pleiade {

[[nodiscard]] std::string iso_day(std::chrono::sys_days day);

/// Nothing unless the text is exactly a day of the calendar in that form.
[[nodiscard]] std::optional<std::chrono::sys_days> day_from_iso(std::string_view text);

} // namespace pleiade
