-- sealed_blobs($1 caisse, $2 behind this position, $3 up to this one, $4 most).
select position, array_to_string(blobs, ' ') as blobs
from sealed_event
where caisse_id = $1 and position > $2::bigint and position <= $3::bigint
order by position
limit $4::integer
