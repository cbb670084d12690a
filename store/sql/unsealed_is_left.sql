-- unsealed_is_left($1 first transaction, $2 the one behind the last).
select exists (
    select from event
    where written_by >= $1::text::xid8 and written_by < $2::text::xid8
        and not exists (select from sealed_event where sealed_event.event_id = event.event_id)
) as is_left
