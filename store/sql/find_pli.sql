-- find_pli($1 pli). No row: no such pli.
select pli_id, lot_id, caisse_id, channel, state, name, doubts, to_char(received_on, 'YYYY-MM-DD') as received_on,
    (extract(epoch from received_at) * 1000000)::bigint as received_us
from pli where pli_id = $1
