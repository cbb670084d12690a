-- find_open_lot($1 source): no row when none is open.
select lot_id, caisse_id, source, channel, state, announced,
    (extract(epoch from received_at) * 1000000)::bigint as received_us
from lot
where source = $1 and state = 'open'
