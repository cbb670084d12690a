-- open_jobs($1 caisse or empty): how many of each kind, and the age of the oldest that is not held.
select caisse_id, kind, count(*) filter (where state = 'waiting') as waiting,
    count(*) filter (where state = 'running') as running,
    count(*) filter (where state = 'held') as held,
    coalesce(extract(epoch from now() - min(created_at) filter (where state <> 'held')), 0)::bigint
        as oldest_s
from job
where state in ('waiting', 'running', 'held') and ($1 = '' or caisse_id = $1)
group by caisse_id, kind
order by caisse_id, kind
