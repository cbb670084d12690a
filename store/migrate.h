#pragma once
// Brings a database to the schema this program was built with.

#include <string>

namespace pleiade::store {

/// The schema this program works with.
[[nodiscard]] int schema_version();

/// Applies what is missing, in one transaction; does nothing when nothing is. Safe to call from
/// several processes at once.
/// @throws Error(FixConfiguration) when the database is newer than this program, Error(RetryLater)
/// when it is out of reach.
void migrate(const std::string& url);

} // namespace pleiade::store
