-- insert_pli($1 lot, $2 name within the lot): a pli made by splitting. Gives its id.
insert into pli (caisse_id, lot_id, name, channel, received_at)
select caisse_id, lot_id, case label when '' then '' else label || '/' end || $2, channel, received_at
from lot
where lot_id = $1
returning pli_id
