-- balances($1 first day or empty, $2 last day or empty, $3 caisse or empty). held: those in work.
select pli.caisse_id, caisse.name, count(*) as received,
    count(*) filter (where pli.state = 'delivered') as delivered,
    count(*) filter (where pli.state in ('to_verify', 'verified')) as to_verify,
    count(*) filter (where pli.state = 'set_aside') as set_aside,
    count(*) filter (where pli.state in ('captured', 'read', 'understood', 'delivering')) as in_work,
    count(*) filter (
        where pli.state in ('captured', 'read', 'understood', 'delivering')
            and (pli.held_why is not null or lot.held_why is not null)) as held
from pli left join lot using (lot_id) join caisse on caisse.caisse_id = pli.caisse_id
where pli.state <> 'superseded'
    and ($1 = '' or pli.received_on >= nullif($1, '')::date)
    and ($2 = '' or pli.received_on <= nullif($2, '')::date)
    and ($3 = '' or pli.caisse_id = $3)
group by pli.caisse_id, caisse.name
order by pli.caisse_id
