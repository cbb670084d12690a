-- record_crash($1 job, $2 fence): one crash more; the job stays held. No row: the lease was lost.
update job set crashes = crashes + 1
where job_id = $1 and fence = $2 and state = 'running'
returning crashes
