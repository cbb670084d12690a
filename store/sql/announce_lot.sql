-- announce_lot($1 lot, $2 names, $3 files promised or empty): what an open lot should hold, as last
-- looked at.
update lot set announced = $2::text[], expected_files = nullif($3, '')::integer
where lot_id = $1 and state = 'open'
