-- events_behind_the_seal($1 caisse or empty, $2 most): not sealed though others of their time are, or
-- of a transaction that has not begun. Not in a database that was just brought to another cluster:
-- there transactions are counted anew.
select event_id, caisse_id, subject, subject_id, from_state, to_state,
    to_char(happened_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as happened_at
from event cross join sealing
where ($1 = '' or caisse_id = $1)
    and (written_by < sealed_below or written_by >= pg_snapshot_xmax(pg_current_snapshot()))
    and cluster_id = (select system_identifier from pg_control_system())
    and not exists (select from sealed_event where sealed_event.event_id = event.event_id)
order by event_id
limit $2::integer
