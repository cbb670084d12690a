#pragma once
// Core values as JSON texts: between processes, and as the store keeps them. Compact, not for
// people; what people see is made by `pleiade inspect`.
//
// Reading a text back throws Error(FixInput) when it is not what the same function wrote.

#include "core/decision.h"
#include "core/document_type.h"
#include "core/page_reading.h"

#include <string>
#include <string_view>
#include <vector>

namespace pleiade::wire {

[[nodiscard]] std::string to_json(const PageReading& reading);
[[nodiscard]] PageReading page_reading_from(std::string_view json);

[[nodiscard]] std::string to_json(const Separator& separator);
[[nodiscard]] Separator separator_from(std::string_view json);

[[nodiscard]] std::string to_json(const Decision& decision);
[[nodiscard]] Decision decision_from(std::string_view json);

[[nodiscard]] std::string to_json(const std::vector<Evidence>& why);
[[nodiscard]] std::vector<Evidence> evidence_from(std::string_view json);
[[nodiscard]] std::vector<MissingField> missing_from(std::string_view json);

[[nodiscard]] std::string to_json(const Facts& facts);
[[nodiscard]] Facts facts_from(std::string_view json);

} // namespace pleiade::wire
