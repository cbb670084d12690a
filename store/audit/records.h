#pragma once
// Rows and files of the audit as values.

#include "store/audit/chain.h"

#include <cstdint>
#include <filesystem>
#include <pqxx/pqxx>
#include <string>

namespace pleiade::store::audit {

/// Of unsealed_events and sealed_chain.
[[nodiscard]] Event event_of(const pqxx::row& row);

/// "00000012": names of the files of a checkpoint, without what they end in.
[[nodiscard]] std::string file_stem(std::int64_t number);

/// The number of a checkpoint's text file; 0 for any other file.
[[nodiscard]] std::int64_t number_of(const std::filesystem::path& file);

/// The highest number of a text file in the folder; 0 when there is none.
[[nodiscard]] std::int64_t last_file_in(const std::filesystem::path& folder);

} // namespace pleiade::store::audit
