-- queue_splits_when_settled($1 lots): as queue_split_when_settled, of each, in one order for all who ask.
select queue_split_when_settled(lot_id) from (select distinct unnest($1::bigint[]) as lot_id order by 1) lots
