-- forgive_crashes($1 jobs): the machine was at fault. A loss in place of the crashes: mail that does
-- break every reader would else come back for ever.
update job set crashes = 0, losses = losses + 1
where job_id = any ($1::bigint[]) and state = 'waiting' and crashes > 0
