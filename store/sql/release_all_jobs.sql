-- release_all_jobs(): whatever was running waits again; counts neither as attempt nor as crash.
update job
set state = 'waiting', worker = null, lease_until = null, attempt = attempt - 1
where state = 'running'
