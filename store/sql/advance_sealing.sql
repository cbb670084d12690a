-- advance_sealing($1 transaction): everything below is sealed.
update sealing
set sealed_below = $1::text::xid8,
    cluster_id = (select system_identifier from pg_control_system())
