-- find_file($1 lot, $2 name, $3 sha256): the pli of this file, if it was ever taken in from the
-- source of this lot.
select lot_file.pli_id
from lot_file join lot using (source)
where lot.lot_id = $1 and lot_file.name = $2 and lot_file.sha256 = $3
