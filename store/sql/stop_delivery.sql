-- stop_delivery($1 delivery, $2 reason): refused when the GED was not called yet, else in doubt: it
-- may have the document.
update delivery
set state = case state when 'waiting' then 'refused' else 'in_doubt' end, reason = $2
where delivery_id = $1 and state in ('waiting', 'sent')
