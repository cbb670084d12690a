-- balances($1 first day or empty, $2 last day or empty, $3 caisse or empty). held: those in work.
with moved as (
    select caisse_id, day, what, state, number from counter
    union all
    select caisse_id, day, what, from_state, -1 from counter_change where from_state <> ''
    union all
    select caisse_id, day, what, to_state, 1 from counter_change where to_state <> ''
),
counted as (
    select caisse_id, state, sum(number)::bigint as number
    from moved
    where what = 'pli' and state <> 'superseded'
        and ($1 = '' or day >= nullif($1, '')::date) and ($2 = '' or day <= nullif($2, '')::date)
        and ($3 = '' or caisse_id = $3)
    group by caisse_id, state
    having sum(number) <> 0
),
stopped as (
    select pli.caisse_id, count(*) as held
    from pli left join lot using (lot_id)
    where pli.state in ('captured', 'read', 'understood', 'delivering')
        and (pli.held_why is not null or lot.held_why is not null)
        and ($1 = '' or pli.received_on >= nullif($1, '')::date)
        and ($2 = '' or pli.received_on <= nullif($2, '')::date)
        and ($3 = '' or pli.caisse_id = $3)
    group by pli.caisse_id
)
select caisse_id, caisse.name, sum(number)::bigint as received,
    coalesce(sum(number) filter (where state = 'delivered'), 0)::bigint as delivered,
    coalesce(sum(number) filter (where state in ('to_verify', 'verified')), 0)::bigint as to_verify,
    coalesce(sum(number) filter (where state = 'set_aside'), 0)::bigint as set_aside,
    coalesce(sum(number) filter (
        where state in ('captured', 'read', 'understood', 'delivering')), 0)::bigint as in_work,
    coalesce(max(held), 0) as held
from counted left join stopped using (caisse_id) join caisse using (caisse_id)
group by caisse_id, caisse.name
order by caisse_id
