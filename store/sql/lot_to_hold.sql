-- lot_to_hold($1 lot): kept from changing until the transaction ends. No row: no such lot.
select state, held_why, held_by, to_char(held_at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI') as held_at
from lot where lot_id = $1 for update
