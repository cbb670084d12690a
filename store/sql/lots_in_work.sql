-- lots_in_work($1 caisse or empty): lots that are not done, and those that are held, in the order of
-- intake. A pli counts as held with its lot, too.
select lot.lot_id, lot.caisse_id, lot.source, lot.state, lot.held_why, lot.held_by,
    to_char(lot.received_on, 'YYYY-MM-DD') as received_on,
    to_char(lot.held_at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI') as held_at,
    count(pli_id) as plis,
    count(pli_id) filter (where pli.state = 'delivered') as delivered,
    count(pli_id) filter (where pli.state in ('to_verify', 'verified')) as to_verify,
    count(pli_id) filter (where pli.state = 'set_aside') as set_aside,
    count(pli_id) filter (where pli.state in ('captured', 'read', 'understood', 'delivering')) as in_work,
    count(pli_id) filter (
        where pli.state not in ('delivered', 'set_aside')
            and (pli.held_why is not null or lot.held_why is not null)) as held
from lot left join pli on pli.lot_id = lot.lot_id and pli.state <> 'superseded'
where lot.state <> 'done' and ($1 = '' or lot.caisse_id = $1 or pli.caisse_id = $1)
group by lot.lot_id
order by lot.lot_id
