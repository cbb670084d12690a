#include "store/health.h"

#include "store/postgres/database.h"
#include "store/sql.h"

namespace pleiade::store {

Health health(const std::string& url) {
    postgres::Database database(url);
    return database.look([](auto& look) {
        const pqxx::row row = look.exec1(sql::server_health);
        Health health;
        health.server_version = row["version"].template as<std::string>();
        health.checksums = row["checksums"].template as<bool>();
        health.terse = row["terse"].template as<bool>();
        health.durable = row["durable"].template as<bool>();
        health.bytes = row["bytes"].template as<std::int64_t>();
        health.connections = row["connections"].template as<int>();
        health.most_connections = row["most_connections"].template as<int>();
        if (row["has_schema"].template as<bool>()) {
            health.schema_version = look.exec1(sql::find_schema_version)[0].template as<int>();
        }
        return health;
    });
}

} // namespace pleiade::store
