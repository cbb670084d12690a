-- set_aside_plis_of_lot($1 lot, $2 reason): those that were not split yet.
select set_aside_pli(pli_id, $2) from pli where lot_id = $1 and state = 'captured'
