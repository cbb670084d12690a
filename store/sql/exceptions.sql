-- exceptions($1 first day or empty, $2 last day or empty, $3 caisse or empty): plis that wait for a
-- person, one row per reason; "held" are those that would go on by themselves but for a hold.
select pli.caisse_id, pli_id, name, 'held' as state, 1 as position,
    coalesce(
        'held by ' || pli.held_by || ' since '
            || to_char(pli.held_at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI') || ': ' || pli.held_why,
        'held with lot ' || lot_id || ' by ' || lot.held_by || ' since '
            || to_char(lot.held_at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI') || ': ' || lot.held_why
    ) as reason
from pli left join lot using (lot_id)
where pli.state in ('captured', 'read', 'understood', 'verified', 'delivering')
    and (pli.held_why is not null or lot.held_why is not null)
    and ($1 = '' or pli.received_on >= nullif($1, '')::date)
    and ($2 = '' or pli.received_on <= nullif($2, '')::date)
    and ($3 = '' or pli.caisse_id = $3)
union all
select caisse_id, pli_id, name, state, stated.position, stated.reason
from pli, unnest(case state when 'set_aside' then array[reason] else verify_reasons end)
    with ordinality stated (reason, position)
where state in ('to_verify', 'set_aside')
    and ($1 = '' or received_on >= nullif($1, '')::date)
    and ($2 = '' or received_on <= nullif($2, '')::date)
    and ($3 = '' or caisse_id = $3)
order by caisse_id, pli_id, position
