-- next_due(): milliseconds until the next waiting job is due. Null when none waits.
select (extract(epoch from min(due_at) - now()) * 1000)::bigint as millis
from job where state = 'waiting'
