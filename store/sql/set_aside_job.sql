-- set_aside_job($1 job, $2 fence, $3 reason): names its worker as the actor of the events, and goes on
-- behind the wall as enter_job does. No row: the lease was lost.
with held as (
    select job_id, worker, kind, caisse_id from job
    where job_id = $1 and fence = $2 and state = 'running'
    for no key update
),
ended as (
    update job set state = 'set_aside', worker = null, lease_until = null, reason = without_nir($3)
    from held where job.job_id = held.job_id
)
select set_config('role', 'pleiade_worker', true), set_config('pleiade.actor', worker, true),
    set_config('pleiade.caisses', concat_ws(',', caisse_id,
        case kind when 'split' then lock_caisses_of_split(job_id, $2) end), true)
from held
