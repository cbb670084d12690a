-- lock_pli_to_send($1 pli): keeps it from being set aside until the transaction ends. Why it was set
-- aside, or null when it was not.
select case when state = 'delivering' then null else coalesce(reason, state) end as stopped
from pli where pli_id = $1 for share
