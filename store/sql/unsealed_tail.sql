-- unsealed_tail($1 caisse or empty): what is not sealed yet, and since how many seconds.
select count(*) as events,
    coalesce(extract(epoch from clock_timestamp() - min(happened_at)), 0)::bigint as age_s
from event
where ($1 = '' or caisse_id = $1)
    and not exists (select from sealed_event where sealed_event.event_id = event.event_id)
