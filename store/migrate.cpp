#include "store/migrate.h"

#include "core/failure.h"
#include "store/migrations.h"
#include "store/postgres/database.h"
#include "store/sql.h"

#include <iterator>

namespace pleiade::store {

int schema_version() {
    return std::prev(std::end(migrations))->version;
}

void migrate(const std::string& url) {
    postgres::Database database(url);
    database.transact([](pqxx::work& work) {
        work.exec(sql::lock_migrations);
        work.exec(sql::create_schema_version);
        const int version = work.exec1(sql::find_schema_version)[0].as<int>();
        if (version > schema_version()) {
            throw Error(
                Remedy::FixConfiguration,
                "the database has schema " + std::to_string(version) +
                    ", this program knows only " + std::to_string(schema_version()) +
                    ". Use the newer program"
            );
        }
        for (const Migration& migration : migrations) {
            if (migration.version > version) {
                work.exec(migration.statements);
                work.exec_params(sql::insert_schema_version, migration.version, migration.name);
            }
        }
        work.exec(sql::make_months);
    });
}

} // namespace pleiade::store
