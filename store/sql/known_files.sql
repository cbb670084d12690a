-- known_files($1 folder): every file ever taken in from there, be it as a lot of the whole folder or
-- of files named one by one ("<folder>//...": no folder is called so).
select lot_file.name, lot_file.sha256, lot_file.lot_id
from lot_file join lot using (lot_id)
where lot.source = $1 or starts_with(lot.source, $1 || '//')
order by lot_file.lot_file_id
