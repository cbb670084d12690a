-- complain_of_lot($1 lot, $2 complaints): adds those it does not have yet.
update lot
set complaints = complaints || array(
    select without_nir(complaint) from unnest($2::text[]) with ordinality said (complaint, position)
    where without_nir(complaint) <> all (complaints)
    order by position)
where lot_id = $1
