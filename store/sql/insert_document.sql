-- insert_document($1 pli, $2 position, $3 type, $4 confidence, $5 decided by, $6 service,
-- $7 corbeille, $8 priority, $9 deadline in days, $10 clear days, $11 evidence, $12 due on,
-- $13 notes). Gives its id.
insert into document (caisse_id, pli_id, position, type, confidence, decided_by, service, corbeille,
    priority, deadline_days, clear_days, evidence, due_on, notes)
select caisse_id, pli_id, $2::integer, $3, $4::double precision, $5, $6, $7, $8::integer,
    $9::integer, $10::boolean, $11::jsonb, $12::date, array(
        select without_nir(note) from unnest($13::text[]) with ordinality said (note, position)
        order by said.position)
from pli where pli_id = $1
returning document_id
