-- guard_job($1 job, $2 fence): keeps the lease from changing hands until the transaction ends, names its
-- worker as the actor of the events, and goes on behind the wall as enter_job does. No row: the lease
-- was lost.
with held as (
    select worker, caisse_id from job
    where job_id = $1 and fence = $2 and state = 'running'
    for no key update
)
select set_config('role', 'pleiade_worker', true), set_config('pleiade.actor', worker, true),
    set_config('pleiade.caisses', caisse_id, true)
from held
