-- unstamped_checkpoints($1 most): the oldest first.
select number, body
from checkpoint
where not exists (select from checkpoint_stamp where checkpoint_stamp.number = checkpoint.number)
order by number
limit $1::integer
