-- set_lot_caisse($1 lot, $2 caisse): of the lot itself; its plis: assign_caisse_to_lot.
update lot set caisse_id = $2 where lot_id = $1 and caisse_id <> $2
