-- understand_pli($1 pli, $2 decision, $3 facts, $4 reasons to verify): read -> understood.
update pli
set state = 'understood', decision = $2::jsonb, facts = $3::jsonb, verify_reasons = array(
    select without_nir(reason) from unnest($4::text[]) with ordinality said (reason, position)
    order by position)
where pli_id = $1
