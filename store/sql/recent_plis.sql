-- recent_plis($1 first day or empty, $2 last day or empty, $3 caisse or empty, $4 pli after which):
-- those that were decided, oldest first, with what was known of other mail then. chosen: 200 at a
-- time; what was known of other mail may be long.
select pli_id, facts::text as facts
from pli
where decision is not null and facts is not null and state <> 'superseded'
    and ($1 = '' or received_on >= nullif($1, '')::date)
    and ($2 = '' or received_on <= nullif($2, '')::date)
    and ($3 = '' or caisse_id = $3)
    and pli_id > $4::bigint
order by pli_id
limit 200
