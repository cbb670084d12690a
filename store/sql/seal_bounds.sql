-- seal_bounds(): events of transactions from sealed_below on, below bound, may be sealed now. moved:
-- the database lies in another cluster, where transactions are counted anew.
select sealed_below::text as sealed_below,
    pg_snapshot_xmin(pg_current_snapshot())::text as bound,
    cluster_id <> (select system_identifier from pg_control_system()) as moved,
    (extract(epoch from clock_timestamp()) * 1000000)::bigint as now_us
from sealing
