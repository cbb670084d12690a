-- unfinished($1 first day or empty, $2 last day or empty, $3 caisse or empty): plis in work that nobody
-- holds and open lots, these with the names that are missing or were not expected. number and filed:
-- as of unexplained.
with open_lot as (
    select lot_id, caisse_id, source, expected_files, announced,
        array(select distinct name from lot_file where lot_file.lot_id = lot.lot_id) as taken_in
    from lot
    where state = 'open'
        and ($1 = '' or received_on >= nullif($1, '')::date)
        and ($2 = '' or received_on <= nullif($2, '')::date)
        and ($3 = '' or caisse_id = $3)
),
compared as (
    select *,
        array(
            select name from unnest(announced) name where name <> all (taken_in) order by 1
        ) as missing,
        array(
            select name from unnest(taken_in) name where name <> all (announced) order by 1
        ) as extra
    from open_lot
)
select caisse_id, 'lot ' || lot_id || ' (' || source || ')' as subject,
    'is open, ' || cardinality(taken_in) || ' files are taken in'
        || coalesce(', ' || expected_files || ' are expected', '')
        || case when missing = '{}' then ''
            else ', missing (' || array_to_string(missing, ', ') || ')' end
        || case when extra = '{}' or announced = '{}' then ''
            else ', not expected (' || array_to_string(extra, ', ') || ')' end as what,
    'lot ' || lot_id as number,
    'ouvert, ' || cardinality(taken_in) || ' fichiers pris en charge'
        || coalesce(', ' || expected_files || ' attendus', '') as filed
from compared
union all
select pli.caisse_id, 'pli ' || pli_id || ' (' || name || ')', 'is ' || pli.state, 'pli ' || pli_id,
    case pli.state
        when 'captured' then 'numérisé, pas encore lu'
        when 'read' then 'lu, pas encore compris'
        when 'understood' then 'compris, pas encore remis'
        else 'remise à la GED en cours'
    end
from pli left join lot using (lot_id)
where pli.state in ('captured', 'read', 'understood', 'delivering')
    and pli.held_why is null and lot.held_why is null
    and ($1 = '' or pli.received_on >= nullif($1, '')::date)
    and ($2 = '' or pli.received_on <= nullif($2, '')::date)
    and ($3 = '' or pli.caisse_id = $3)
order by 1, 2
