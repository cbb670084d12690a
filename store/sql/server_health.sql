-- server_health(): what the server says about itself.
select current_setting('server_version') as version,
    current_setting('data_checksums') = 'on' as checksums,
    current_setting('fsync') = 'on' and current_setting('full_page_writes') = 'on'
        and current_setting('synchronous_commit') <> 'off' as durable,
    current_setting('log_error_verbosity') = 'terse' as terse,
    pg_database_size(current_database()) as bytes,
    (select count(*) from pg_stat_activity where backend_type = 'client backend') as connections,
    current_setting('max_connections')::integer as most_connections,
    to_regclass('schema_version') is not null as has_schema
