-- put_back_job($1 job, $2 fence): not begun, no attempt. No row: the lease was lost.
update job
set state = 'waiting', worker = null, lease_until = null, attempt = attempt - 1
where job_id = $1 and fence = $2 and state = 'running'
returning job_id
