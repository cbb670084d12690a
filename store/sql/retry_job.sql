-- retry_job($1 job, $2 fence, $3 reason, $4 delay in seconds). No row: the lease was lost.
update job
set state = 'waiting', worker = null, lease_until = null, reason = without_nir($3),
    due_at = now() + $4::bigint * interval '1 second'
where job_id = $1 and fence = $2 and state = 'running'
returning job_id
