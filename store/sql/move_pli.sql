-- move_pli($1 pli, $2 state).
update pli set state = $2 where pli_id = $1
