-- guard_job($1 job, $2 fence): keeps the lease from changing hands until the transaction ends, and
-- names its worker as the actor of the events. No row: the lease was lost.
with held as (
    select worker from job
    where job_id = $1 and fence = $2 and state = 'running'
    for no key update
)
select set_config('pleiade.actor', worker, true) from held
