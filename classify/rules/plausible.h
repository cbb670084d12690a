#pragma once
// Whether values can be true: days in the past, in order, and a birth date that agrees with the
// number of the insured.

#include "core/decision.h"
#include "core/document_type.h"

#include <chrono>
#include <optional>
#include <string_view>
#include <vector>

namespace pleiade::classify {

/// "2026-03-14" as a day; nothing when it is none.
[[nodiscard]] std::optional<std::chrono::year_month_day> day_from(std::string_view iso);

/// Whether a date field may hold this day. Without a known day of receipt (the epoch) every day may
/// be.
[[nodiscard]] bool can_be(const FieldRule& rule, std::string_view iso, std::chrono::sys_days today);

/// Whether someone with this NIR may be born that day. Months that do not exist say nothing.
[[nodiscard]] bool agrees_with_nir(std::string_view iso, std::string_view nir);

/// Makes fields that contradict each other doubtful.
void doubt_contradictions(const DocumentType& type, std::vector<Field>& fields);

} // namespace pleiade::classify
