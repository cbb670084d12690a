-- last_checkpoint(): no row before the first.
select number, (extract(epoch from made_at) * 1000000)::bigint as made_us, body
from checkpoint
order by number desc
limit 1
