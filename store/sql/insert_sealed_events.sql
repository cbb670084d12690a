-- insert_sealed_events($1 caisses, $2 positions, $3 events, $4 blobs of each, $5 hashes, $6 now in
-- microseconds).
insert into sealed_event (caisse_id, position, event_id, blobs, hash, sealed_at)
select caisse_id, position, event_id, string_to_array(blobs, ' '), hash,
    timestamptz 'epoch' + $6::bigint * interval '1 microsecond'
from unnest($1::text[], $2::bigint[], $3::bigint[], $4::text[], $5::text[])
    sealed (caisse_id, position, event_id, blobs, hash)
