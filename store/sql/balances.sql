-- balances($1 first day or empty, $2 last day or empty, $3 caisse or empty).
select caisse_id, caisse.name, count(*) as received,
    count(*) filter (where state = 'delivered') as delivered,
    count(*) filter (where state in ('to_verify', 'verified')) as to_verify,
    count(*) filter (where state = 'set_aside') as set_aside,
    count(*) filter (where state in ('captured', 'read', 'understood', 'delivering')) as in_work
from pli join caisse using (caisse_id)
where state <> 'superseded'
    and ($1 = '' or received_on >= nullif($1, '')::date)
    and ($2 = '' or received_on <= nullif($2, '')::date)
    and ($3 = '' or caisse_id = $3)
group by caisse_id, caisse.name
order by caisse_id
