-- count_jobs($1 caisses to which nothing is delivered now): open ones, by kind and state; without
-- what waits to be delivered to those.
select kind, state, count(*) as jobs
from job
where state in ('waiting', 'running')
    and not (state = 'waiting' and kind = 'deliver' and caisse_id = any ($1::text[]))
group by kind, state
order by kind, state
