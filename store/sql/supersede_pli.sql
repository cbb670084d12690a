-- supersede_pli($1 old, $2 new).
update pli set state = 'superseded', superseded_by = $2 where pli_id = $1
