#include "tests/integration/store/neighbours.h"

#include "store/truth.h"

namespace pleiade::store {
namespace {

/// What a report, a repair or a check finds fault with, so that there is something to hide from
/// each.
const char* const foreign_oddities = R"(
    insert into document_key (document_id, kind, key, value, caisse_id)
    values (1000, 'form', 'AAT-1', '', '201'), (1000, 'account', '184050608800195', 'FR76', '201');
    update pli set decision = '{"documents": [{"type": {"code": "AAT"}, "fields": [],
        "missing": [{"field": "nir", "why": "voisin"}]}]}' where pli_id = 1000;
    insert into document (caisse_id, pli_id, position, type, confidence, decided_by, service,
        corbeille, priority, deadline_days, clear_days, due_on)
    select '201', pli_id, 1, 'DAT', 1, 'auto', 'voisin', 'AT', 1, 1, true, '2026-03-02'
    from unnest(array[1002, 1005]) pli_id;

    update job set state = 'done', worker = null, lease_until = null
    where page_id in (select page_id from page where pli_id in (1004, 1005));
    update job set lease_until = now() - interval '1 hour' where page_id = 1003;
    update job set crashes = 1 where delivery_id = 1001;
    update page set state = 'void' where pli_id = 1004;
    update page set state = 'blank', page_index = 5 where pli_id = 1005;
    update pli set state = 'set_aside', reason = 'voisin' where pli_id = 1005;

    update pli set caisse_id = '000', held_why = 'voisin', held_by = 'Lucette', held_at = now()
    where pli_id = 1004;
    update lot set held_why = 'voisin', held_by = 'Lucette', held_at = now() where lot_id = 1003;
    insert into lot (caisse_id, source, channel, received_at, expected_files)
    values ('201', 'voisin-e', 'post', '2026-03-02', 0);
    update lot set state = 'closed' where source = 'voisin-e';

    insert into truth (caisse_id, pli_id, document_id, type, pages_said, origin, said_by, said_at)
    values ('201', 1000, 1000, 'DAT', false, 'sample', 'Lucette', now());
    insert into truth_page (truth_id, position, page_id, caisse_id)
    select max(truth_id), 0, 1000, '201' from truth;

    insert into sealed_event (caisse_id, position, event_id, blobs, hash, sealed_at)
    select '201', 2, max(event_id), '{voisin}', repeat('0', 64), now()
    from event where subject = 'page' and subject_id = 1000 and to_state = 'read';
    update sealing set sealed_below = pg_current_xact_id();
    insert into checkpoint (number, made_at, body, key_id, signature)
    values (1, now(), 'voisin', 'key', repeat('0', 128));
)";

} // namespace

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
    const RowId held = open_lot("voisin-c", foreign_caisse);
    add(held, "c.tif");
    (void
    )intake.add_file(held, {.name = "c.tif", .blob = blob_named("later"), .bytes = 7, .pages = 1});
    intake.complain(held, {"voisin: odd"});
    const RowId lost = open_lot("voisin-d", foreign_caisse);
    add(lost, "d.tif");
    add(lost, "e.tif");
    close(lost, {"d.tif", "e.tif"});
    for (int job = 0; job < 4; ++job) {
        (void)claim(JobKind::Read);
    }
    database.exec(foreign_oddities);
}

std::string Neighbours::as(const std::string& role) {
    return "set local role " + role + "; set local pleiade.caisses = '" + own_caisse + "'";
}

void Neighbours::deliver(const std::string& caisse) {
    const std::string name = caisse == foreign_caisse ? "voisin" : "nous";
    const RowId lot = open_lot(name, caisse);
    const BlobId same_paper = blob_named("one paper");
    (void)intake.add_file(lot, {.name = name + ".tif", .blob = same_paper, .bytes = 7, .pages = 1});
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
        "insert into counter (caisse_id, day, what, state, number) values ('" + // added up before
        caisse +
        "', '2026-03-01', 'pli', 'delivered', 7);"
        "insert into sealed_event (caisse_id, position, event_id, blobs, hash, sealed_at) "
        "select caisse_id, row_number() over (order by event_id), event_id, '{}', "
        "repeat('0', 64), now() from event where caisse_id = '" +
        caisse + "' order by event_id limit " + (caisse == foreign_caisse ? "1" : "all")
    );
}

} // namespace pleiade::store
