-- find_schema_version(): 0 when no migration was applied.
select coalesce(max(version), 0) as version from schema_version
