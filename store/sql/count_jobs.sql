-- count_jobs(): open ones, by kind and state.
select kind, state, count(*) as jobs
from job
where state in ('waiting', 'running')
group by kind, state
order by kind, state
