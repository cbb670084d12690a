-- Events are sealed into one chain of hashes per caisse, and the heads of all chains are signed from
-- time to time.

-- Which transaction wrote it: sealed is only what is older than every transaction that still runs.
alter table event add column written_by xid8 not null default pg_current_xact_id();
create index event_by_transaction on event (written_by);

-- The chain of a caisse: each hash is made of the one before, the event, and the names of the blobs
-- that the event brought (page taken in: its file; page read: image and preview; document
-- delivered: PDF and index). docs/adr/0031 says how.
create table sealed_event (
    caisse_id text not null references caisse,
    position bigint not null check (position >= 1),
    event_id bigint not null unique,
    blobs text[] not null,
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    sealed_at timestamptz not null,
    primary key (caisse_id, position)
);

-- The heads of all chains at a moment, as text that is signed as it stands.
create table checkpoint (
    number bigint primary key check (number >= 1),
    made_at timestamptz not null,
    body text not null,
    key_id text not null,
    signature text not null check (signature ~ '^[0-9a-f]{128}$')
);

-- What a time stamping authority answered about a checkpoint.
create table checkpoint_stamp (
    number bigint primary key references checkpoint,
    authority text not null,
    response bytea not null,
    stamped_at timestamptz not null default now()
);

-- Up to where events are sealed: what transactions below wrote. They are counted by the cluster,
-- another one begins anew.
create table sealing (
    the_only_row boolean primary key default true check (the_only_row),
    sealed_below xid8 not null,
    cluster_id bigint not null
);
insert into sealing (sealed_below, cluster_id)
select '0', system_identifier from pg_control_system();

do $$
declare
    kept_table text;
begin
    foreach kept_table in array array['sealed_event', 'checkpoint', 'checkpoint_stamp'] loop
        execute format(
            'create trigger %1$s_is_never_changed before update or delete on %1$I '
            'for each row execute function refuse_change()', kept_table);
        execute format(
            'create trigger %1$s_is_never_emptied before truncate on %1$I '
            'for each statement execute function refuse_change()', kept_table);
    end loop;
end
$$;

alter table sealed_event enable row level security;
alter table sealed_event force row level security;
create policy owner_sees_all on sealed_event to current_user using (true) with check (true);
create policy caisse_of_the_transaction on sealed_event to pleiade_web, pleiade_worker
    using (caisse_is_visible(caisse_id)) with check (caisse_is_visible(caisse_id));
grant select on sealed_event to pleiade_web, pleiade_worker;
