-- data_directory(): empty when we may not know.
select case
    when pg_has_role('pg_read_all_settings', 'usage') then current_setting('data_directory')
    else '' end as folder
