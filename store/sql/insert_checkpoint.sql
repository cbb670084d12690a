-- insert_checkpoint($1 number, $2 made at in microseconds, $3 body, $4 key, $5 signature).
insert into checkpoint (number, made_at, body, key_id, signature)
values ($1, timestamptz 'epoch' + $2::bigint * interval '1 microsecond', $3, $4, $5)
