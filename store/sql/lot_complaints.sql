-- lot_complaints($1 first day or empty, $2 last day or empty, $3 caisse or empty): what was odd about
-- lots as a whole, one row per complaint.
select caisse_id, 'lot ' || lot_id || ' (' || source || ')' as subject, said.complaint as what,
    'lot ' || lot_id as number, '' as filed
from lot, unnest(complaints) with ordinality said (complaint, position)
where ($1 = '' or received_on >= nullif($1, '')::date)
    and ($2 = '' or received_on <= nullif($2, '')::date)
    and ($3 = '' or caisse_id = $3)
order by caisse_id, lot_id, said.position
