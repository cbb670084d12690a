-- insert_lot($1 caisse, $2 source, $3 label, $4 channel, $5 received_at in microseconds): opens a
-- lot; does nothing when one of this source is open.
insert into lot (caisse_id, source, label, channel, received_at)
values ($1, $2, $3, $4, timestamptz 'epoch' + $5::bigint * interval '1 microsecond')
on conflict (source) where state = 'open' do nothing
