-- known_files($1 source): every file ever taken in from there.
select name, sha256 from lot_file where source = $1
