-- lot_report($1 lots): how many of their plis are set aside now and how many pages of plis that are
-- not settled, what was odd about them, and what of them is held.
select
    (select count(*) from pli where lot_id = any ($1::bigint[]) and state = 'set_aside')
        as plis_set_aside,
    (select count(*) from page join pli using (pli_id)
        where pli.lot_id = any ($1::bigint[]) and page.state = 'set_aside'
            and pli.state not in ('superseded', 'delivered')) as pages_set_aside,
    array(
        select label || ': ' || said.complaint
        from lot, unnest(complaints) with ordinality said (complaint, position)
        where lot_id = any ($1::bigint[])
        order by lot_id, said.position) as complaints,
    array(
        select 'lot ' || lot_id || ' (' || source || ') is held by ' || held_by || ': ' || held_why
            || '. pleiade lot resume ' || lot_id || ' lets it go on'
        from lot
        where lot_id = any ($1::bigint[]) and held_why is not null
        order by lot_id)
    || array(
        select 'pli ' || pli_id || ' (' || name || ') is held by ' || held_by || ': ' || held_why
            || '. pleiade pli resume ' || pli_id || ' lets it go on'
        from pli
        where lot_id = any ($1::bigint[]) and held_why is not null
            and state not in ('delivered', 'set_aside', 'superseded')
        order by pli_id) as held
