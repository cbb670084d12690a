-- send_delivery($1 delivery, $2 connector): waiting -> sent.
update delivery set state = 'sent', connector = $2 where delivery_id = $1
