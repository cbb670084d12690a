-- oldest_open_job(): no row when none is open.
select kind, state, extract(epoch from now() - created_at)::bigint as age_s
from job where state in ('waiting', 'running')
order by created_at, job_id limit 1
