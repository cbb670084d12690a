-- insert_truth($1 pli, $2 document or 0, $3 type, $4 pages were said, $5 origin, $6 who, $7 when in microseconds).
-- Gives its id.
insert into truth (caisse_id, pli_id, document_id, type, pages_said, origin, said_by, said_at)
select caisse_id, pli_id, nullif($2::bigint, 0), $3, $4::boolean, $5, without_nir($6),
    timestamptz 'epoch' + $7::bigint * interval '1 microsecond'
from pli where pli_id = $1
returning truth_id
