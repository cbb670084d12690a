-- plis_of_lot($1 lot): all but those that became others.
select pli_id, caisse_id, name, state, held_why, held_by,
    to_char(held_at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI') as held_at
from pli
where lot_id = $1 and state <> 'superseded'
order by pli_id
