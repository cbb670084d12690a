#pragma once
// What `pleiade doctor` asks the database about itself.

#include <cstdint>
#include <string>

namespace pleiade::store {

struct Health {
    std::string server_version; ///< "15.14 (Debian 15.14-0+deb12u1)".
    int schema_version = 0;     ///< 0 when the database has no schema yet.
    bool checksums = false;
    bool terse = false;   ///< The log leaves out DETAIL lines, which quote values of rows.
    bool durable = false; ///< fsync, full_page_writes and synchronous_commit are all on.
    std::int64_t bytes = 0;
    int connections = 0;
    int most_connections = 0;
};

/// @throws Error(RetryLater) when the database is out of reach.
[[nodiscard]] Health health(const std::string& url);

} // namespace pleiade::store
