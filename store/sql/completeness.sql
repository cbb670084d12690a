-- completeness($1 first day or empty, $2 last day or empty, $3 caisse or empty): what documents lack, counted by
-- the SIRET on them (empty without one), type, field and reason.
select pli.caisse_id,
    coalesce((
        select held ->> 'value' from jsonb_array_elements(paper -> 'fields') held
        where held ->> 'name' = 'siret' limit 1
    ), '') as sender,
    paper -> 'type' ->> 'code' as type, lacks ->> 'field' as field, lacks ->> 'why' as why, count(*) as number
from pli, jsonb_array_elements(pli.decision -> 'documents') paper,
    jsonb_array_elements(paper -> 'missing') lacks
where pli.decision is not null and pli.state <> 'superseded'
    and ($1 = '' or pli.received_on >= nullif($1, '')::date)
    and ($2 = '' or pli.received_on <= nullif($2, '')::date)
    and ($3 = '' or pli.caisse_id = $3)
group by 1, 2, 3, 4, 5
order by 1, number desc, 2, 3, 4, 5
