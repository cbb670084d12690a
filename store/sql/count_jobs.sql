-- count_jobs(): by kind and state.
select kind, state, count(*) as jobs from job group by kind, state order by kind, state
