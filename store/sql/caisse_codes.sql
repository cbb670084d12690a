-- caisse_codes($1 caisse or empty): all that are known.
select caisse_id from caisse where $1 = '' or caisse_id = $1 order by caisse_id
