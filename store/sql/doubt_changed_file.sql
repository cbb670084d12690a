-- doubt_changed_file($1 lot, $2 name, $3 doubt): when the lot has several files of this name, a doubt
-- about the pli of each. No row: it has one.
update pli set doubts = doubts || without_nir($3::text)
where without_nir($3::text) <> all (doubts)
    and pli_id in (select pli_id from lot_file where lot_id = $1 and name = $2)
    and (select count(*) from lot_file where lot_id = $1 and name = $2) > 1
returning pli_id
