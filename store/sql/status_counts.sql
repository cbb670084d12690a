-- status_counts($1 first day or empty, $2 last day or empty, $3 caisse or empty).
with wanted as (
    select pli_id, caisse_id, state from pli
    where ($1 = '' or received_on >= nullif($1, '')::date)
        and ($2 = '' or received_on <= nullif($2, '')::date)
        and ($3 = '' or caisse_id = $3)
),
counted as (
    select caisse_id, 'pli' as what, state, count(*) as number from wanted group by 1, 3
    union all
    select page.caisse_id, 'page', page.state, count(*)
    from page join wanted using (pli_id) group by 1, 3
    union all
    select document.caisse_id, 'document', document.state, count(*)
    from document join wanted using (pli_id) group by 1, 3
    union all
    select work_item.caisse_id, 'work_item', work_item.state, count(*)
    from work_item join document using (document_id) join wanted using (pli_id) group by 1, 3
)
select caisse_id, caisse.name, what, state, number
from counted join caisse using (caisse_id)
order by caisse_id, what, state
