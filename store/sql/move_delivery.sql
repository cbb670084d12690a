-- move_delivery($1 delivery, $2 state).
update delivery set state = $2 where delivery_id = $1
