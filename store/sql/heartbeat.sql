-- heartbeat($1 worker, $2 lease in seconds): everything it holds, held on.
update job set lease_until = now() + $2::bigint * interval '1 second'
where worker = $1 and state = 'running'
