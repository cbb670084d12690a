-- set_aside_job($1 job, $2 fence, $3 reason): names its worker as the actor of the events. No row:
-- the lease was lost.
with held as (
    select job_id, worker from job
    where job_id = $1 and fence = $2 and state = 'running'
    for no key update
),
ended as (
    update job set state = 'set_aside', worker = null, lease_until = null, reason = without_nir($3)
    from held where job.job_id = held.job_id
)
select set_config('pleiade.actor', worker, true) from held
