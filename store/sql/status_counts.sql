-- status_counts($1 first day or empty, $2 last day or empty, $3 caisse or empty).
with moved as (
    select caisse_id, day, what, state, number from counter
    union all
    select caisse_id, day, what, from_state, -1 from counter_change where from_state <> ''
    union all
    select caisse_id, day, what, to_state, 1 from counter_change where to_state <> ''
),
counted as (
    select caisse_id, what, state, sum(number)::bigint as number
    from moved
    where ($1 = '' or day >= nullif($1, '')::date) and ($2 = '' or day <= nullif($2, '')::date)
        and ($3 = '' or caisse_id = $3)
    group by caisse_id, what, state
    having sum(number) <> 0
)
select caisse_id, caisse.name, what, state, number
from counted join caisse using (caisse_id)
order by caisse_id, what, state
