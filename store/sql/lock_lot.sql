-- lock_lot($1 lot): its state, kept from changing until the transaction ends. No row: no such lot.
select state from lot where lot_id = $1 for no key update
