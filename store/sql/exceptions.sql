-- exceptions($1 first day or empty, $2 last day or empty, $3 caisse or empty): plis that wait for a
-- person, one row per reason.
select caisse_id, pli_id, name, state, stated.reason
from pli, unnest(case state when 'set_aside' then array[reason] else verify_reasons end)
    with ordinality stated (reason, position)
where state in ('to_verify', 'set_aside')
    and ($1 = '' or received_on >= nullif($1, '')::date)
    and ($2 = '' or received_on <= nullif($2, '')::date)
    and ($3 = '' or caisse_id = $3)
order by caisse_id, pli_id, stated.position
