-- release_all_jobs(): whatever was running waits again; no attempt and no crash, but a loss.
update job
set state = 'waiting', worker = null, lease_until = null, attempt = attempt - 1, losses = losses + 1
where state = 'running'
