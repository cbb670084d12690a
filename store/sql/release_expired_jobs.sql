-- release_expired_jobs(): jobs whose worker gave no sign of life wait again. Not a crash, but a loss.
-- Gives how many; from here on row-level security holds the transaction, as after become_worker.
with released as (
    update job
    set state = 'waiting', worker = null, lease_until = null, losses = losses + 1
    where job_id in (
        select job_id from job
        where state = 'running' and lease_until < now()
        for update skip locked)
    returning job_id
)
select count(*) as jobs, set_config('role', 'pleiade_worker', true) from released
