-- chain_heads(): where the chain of each caisse that has one ends.
select caisse.caisse_id, head.position, head.hash
from caisse
cross join lateral (
    select position, hash from sealed_event
    where sealed_event.caisse_id = caisse.caisse_id
    order by position desc
    limit 1
) head
order by caisse.caisse_id
