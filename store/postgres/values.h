#pragma once
// Values of core as PostgreSQL takes and gives them.

#include "core/clock.h"
#include "core/mail.h"
#include "store/job.h"
#include "store/journey.h"

#include <cstdint>
#include <pqxx/pqxx>
#include <string>
#include <string_view>
#include <vector>

namespace pleiade::store::postgres {

/// An array literal: {"a","b"}, quotes and backslashes escaped.
[[nodiscard]] std::string array_of(const std::vector<std::string>& texts);
[[nodiscard]] std::string array_of(const std::vector<RowId>& ids);
[[nodiscard]] std::string array_of(const std::vector<int>& numbers);

[[nodiscard]] std::int64_t microseconds_of(Instant instant);
[[nodiscard]] Instant instant_of(const pqxx::field& microseconds);

[[nodiscard]] std::chrono::sys_days day_of(const pqxx::field& date);       ///< As YYYY-MM-DD.
[[nodiscard]] std::string text_of(const pqxx::field& field);               ///< Empty for null.
[[nodiscard]] std::vector<std::string> texts_of(const pqxx::field& field); ///< Of a text[].
[[nodiscard]] std::vector<int> numbers_of(const pqxx::field& field);       ///< Of a text[].
[[nodiscard]] RowId id_of(const pqxx::field& field);                       ///< 0 for null.
[[nodiscard]] JobKind kind_of(std::string_view text);  ///< @throws std::logic_error
[[nodiscard]] std::string to_text(ImageCoding coding); ///< "ccitt4", "jpeg", "layers".
[[nodiscard]] ImageCoding image_coding_of(std::string_view text);
[[nodiscard]] ReadPage page_of(const pqxx::row& row); ///< Of lot_pages, pli_pages ...

} // namespace pleiade::store::postgres
