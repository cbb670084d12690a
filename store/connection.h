#pragma once
// A connection to PostgreSQL that the store's classes of one thread share: a worker needs one, not
// one per class.

#include <memory>
#include <string>

namespace pleiade::store {

namespace postgres {
class Database; // keeps libpqxx out of this header
}

/// Shared, because the classes that use it in turn are values of their own: whichever goes last
/// closes it.
using Connection = std::shared_ptr<postgres::Database>;

/// @throws Error(RetryLater) when the database is out of reach.
[[nodiscard]] Connection connect(const std::string& url);

} // namespace pleiade::store
