-- insert_pli($1 lot, $2 name): a pli made by splitting. Gives its id.
insert into pli (caisse_id, lot_id, name, channel, received_at)
select caisse_id, lot_id, $2, channel, received_at from lot where lot_id = $1
returning pli_id
