-- put_back_job($1 job, $2 fence, $3 reason, empty to keep the last one): not begun, no attempt.
-- No row: the lease was lost.
update job
set state = 'waiting', worker = null, lease_until = null, attempt = attempt - 1,
    reason = coalesce(nullif(without_nir($3), ''), reason)
where job_id = $1 and fence = $2 and state = 'running'
returning job_id
