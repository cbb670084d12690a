#include "store/postgres/ledger_rows.h"

#include "store/postgres/values.h"

namespace pleiade::store::postgres {

CaisseSteps caisse_steps_of(const pqxx::row& row) {
    return {
        .caisse = text_of(row["caisse_id"]),
        .name = text_of(row["name"]),
        .files_expected = row["files_expected"].as<long>(),
        .files_taken_in = row["files_taken_in"].as<long>(),
        .given_away = row["given_away"].as<long>(),
        .pages_scanned = row["pages_scanned"].as<long>(),
        .pages_read = row["pages_read"].as<long>(),
        .received = row["received"].as<long>(),
        .understood = row["understood"].as<long>(),
        .verified = row["verified"].as<long>(),
        .delivered = row["delivered"].as<long>(),
        .acknowledged = row["acknowledged"].as<long>(),
        .set_aside = row["set_aside"].as<long>(),
        .waiting = row["waiting"].as<long>(),
        .in_work = row["in_work"].as<long>()};
}

MachineCount machine_count_of(const pqxx::row& row) {
    return {
        .caisse = text_of(row["caisse_id"]),
        .machine = text_of(row["machine"]),
        .what = text_of(row["what"]),
        .pieces = row["pieces"].as<long>()};
}

GivenAway given_away_of(const pqxx::row& row) {
    return {.caisse = text_of(row["caisse_id"]), .pli = row["pli_id"].as<RowId>()};
}

UnreadPage unread_page_of(const pqxx::row& row) {
    return {
        .caisse = text_of(row["caisse_id"]),
        .pli = row["pli_id"].as<RowId>(),
        .pli_name = text_of(row["name"]),
        .page_number = row["page_index"].as<int>() + 1,
        .state = text_of(row["state"])};
}

LateDocument late_document_of(const pqxx::row& row) {
    return {
        .caisse = text_of(row["caisse_id"]),
        .pli = row["pli_id"].as<RowId>(),
        .pli_name = text_of(row["name"]),
        .position = row["position"].as<int>(),
        .type = text_of(row["type"]),
        .due_on = day_of(row["due_on"]),
        .pli_state = text_of(row["state"]),
        .corbeille = text_of(row["corbeille"])};
}

} // namespace pleiade::store::postgres
