-- close_lot($1 lot, $2 expected files): open -> closed.
update lot set state = 'closed', expected_files = $2 where lot_id = $1 and state = 'open'
