-- checkpoints($1 behind this number): with their stamps, if they have one.
select number, (extract(epoch from made_at) * 1000000)::bigint as made_us, body, key_id, signature,
    coalesce(encode(response, 'hex'), '') as stamp, coalesce(authority, '') as authority
from checkpoint left join checkpoint_stamp using (number)
where number > $1::bigint
order by number
