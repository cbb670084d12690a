-- find_database($1 name): no row when there is none.
select from pg_database where datname = $1
