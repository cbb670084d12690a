-- live_lease(): whether anybody is at work on this database.
select exists (select from job where state = 'running' and lease_until > now()) as live
