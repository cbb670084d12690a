-- create_schema_version(): where the migrations that were applied are written down.
create table if not exists schema_version (
    version integer primary key,
    name text not null,
    applied_at timestamptz not null default now()
)
