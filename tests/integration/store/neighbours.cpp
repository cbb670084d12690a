#include "tests/integration/store/neighbours.h"

#include "store/truth.h"

namespace pleiade::store {

Neighbours::Neighbours() {
    sample_percent = 100.0;
    deliver(own_caisse);
    add_platform_rows(own_caisse);
}

void Neighbours::bring_foreign_mail() {
    database.exec(
        "select setval(oid::regclass, " + std::to_string(first_foreign_key) +
        ", false) "
        "from pg_class where relkind = 'S'"
    );
    deliver(foreign_caisse);
    add_platform_rows(foreign_caisse);
    const RowId waiting = open_lot("voisin-b", foreign_caisse);
    add(waiting, "b.tif");
    close(waiting, {"b.tif"});
    read_everything();
    split(waiting);
    (void)understood(waiting);
    add(open_lot("voisin-c", foreign_caisse), "c.tif");
    (void)claim(JobKind::Read);
}

std::string Neighbours::as(const std::string& role) {
    return "set local role " + role + "; set local pleiade.caisses = '" + own_caisse + "'";
}

void Neighbours::deliver(const std::string& caisse) {
    const std::string name = caisse == foreign_caisse ? "voisin" : "nous";
    const RowId lot = open_lot(name, caisse);
    add(lot, name + ".tif");
    close(lot, {name + ".tif"});
    read_everything();
    split(lot);
    const RowId pli = understood(lot);
    deliver_everything();
    Statement known{.page_numbers = {}, .type = "AAT", .fields = {{"nir", "1"}}};
    known.subject = std::to_string(pli);
    known.who = "Lucette";
    (void)Truth(database.url()).keep({known});
}

void Neighbours::add_platform_rows(const std::string& caisse) {
    database.exec(
        "insert into user_account (caisse_id, login, display_name) values ('" + caisse + "', 'l" +
        caisse +
        "', 'Lucette');"
        "insert into machine_count (caisse_id, machine, day, what, pieces) values ('" +
        caisse +
        "', 'trieuse', '2026-03-02', 'plis', 7);"
        "insert into sealed_event (caisse_id, position, event_id, blobs, hash, sealed_at) "
        "select caisse_id, 1, min(event_id), '{}', repeat('0', 64), now() "
        "from event where caisse_id = '" +
        caisse + "' group by caisse_id"
    );
}

} // namespace pleiade::store
