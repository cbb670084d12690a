-- release_expired_jobs(): jobs whose worker gave no sign of life wait again. Not a crash, but a loss.
update job
set state = 'waiting', worker = null, lease_until = null, losses = losses + 1
where job_id in (
    select job_id from job
    where state = 'running' and lease_until < now()
    for update skip locked)
