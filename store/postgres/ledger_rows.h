#pragma once
// Rows of the ledger's queries as values.

#include "store/ledger.h"
#include "store/postgres/database.h"

namespace pleiade::store::postgres {

[[nodiscard]] CaisseSteps caisse_steps_of(const pqxx::row& row);
[[nodiscard]] MachineCount machine_count_of(const pqxx::row& row);
[[nodiscard]] GivenAway given_away_of(const pqxx::row& row);
[[nodiscard]] UnreadPage unread_page_of(const pqxx::row& row);
[[nodiscard]] LateDocument late_document_of(const pqxx::row& row);

} // namespace pleiade::store::postgres
