#include "store/counters.h"

#include "store/postgres/database.h"
#include "store/sql.h"

#include <utility>

namespace pleiade::store {

Counters::Counters(Connection connection) : database_(std::move(connection)) {}

void Counters::add_up() {
    database_->transact([](pqxx::work& work) { work.exec(sql::add_up_counters); });
}

} // namespace pleiade::store
