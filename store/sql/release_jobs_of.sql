-- release_jobs_of($1 worker): what it held waits again; no attempt and no crash, but a loss.
update job
set state = 'waiting', worker = null, lease_until = null, attempt = attempt - 1, losses = losses + 1
where worker = $1 and state = 'running'
