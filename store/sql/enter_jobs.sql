-- enter_jobs($1 jobs, $2 fences): keeps them in their caisses until the transaction ends, and goes on
-- behind the wall, with the caisses of all of them named whose lease was not lost.
with held as (
    select caisse_id from job
    where (job_id, fence) in (select * from unnest($1::bigint[], $2::bigint[]))
    order by job_id for no key update
)
select set_config('role', 'pleiade_worker', true),
    set_config('pleiade.caisses', string_agg(distinct caisse_id, ','), true)
from held having count(*) > 0
