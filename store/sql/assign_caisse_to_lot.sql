-- assign_caisse_to_lot($1 lot, $2 caisse): all its plis.
select assign_caisse(pli_id, $2) from pli where lot_id = $1 order by pli_id
