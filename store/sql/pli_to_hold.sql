-- pli_to_hold($1 pli): kept from changing until the transaction ends; whole_lot: its lot is held. No
-- row: no such pli.
select pli.state, pli.held_why, pli.held_by, pli.superseded_by, pli.lot_id,
    to_char(pli.held_at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI') as held_at,
    (select lot.held_why is not null from lot where lot.lot_id = pli.lot_id) as whole_lot
from pli where pli_id = $1 for update
