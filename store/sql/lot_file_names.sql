-- lot_file_names($1 lot): what was taken in.
select name from lot_file where lot_id = $1 order by name
