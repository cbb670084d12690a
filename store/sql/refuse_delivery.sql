-- refuse_delivery($1 delivery, $2 reason): waiting or sent -> refused.
update delivery set state = 'refused', reason = $2 where delivery_id = $1
