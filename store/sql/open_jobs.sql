-- open_jobs($1 caisse or empty): how many of each kind, and the age of the oldest.
select caisse_id, kind, count(*) filter (where state = 'waiting') as waiting,
    count(*) filter (where state = 'running') as running,
    extract(epoch from now() - min(created_at))::bigint as oldest_s
from job
where state in ('waiting', 'running') and ($1 = '' or caisse_id = $1)
group by caisse_id, kind
order by caisse_id, kind
