-- late_documents($1 last day or empty, $2 caisse or empty, $3 moment in microseconds): documents of mail received until
-- the last day whose deadline is over: not delivered, or (then with a corbeille) delivered and not done.
with late as (
    select document.caisse_id, pli.pli_id, pli.name, document.position, document.type,
        document.due_on, pli.state, '' as corbeille, pli.received_on
    from pli join document using (pli_id)
    where pli.state not in ('delivered', 'superseded')
        and document.state in ('proposed', 'confirmed')
    union all
    select work_item.caisse_id, pli.pli_id, pli.name, document.position, document.type,
        work_item.due_on, pli.state, work_item.corbeille, pli.received_on
    from work_item join document using (document_id) join pli using (pli_id)
    where work_item.state <> 'done' and document.state = 'delivered'
)
select caisse_id, pli_id, name, position, type, due_on, state, corbeille
from late
where due_on < ((timestamptz 'epoch' + $3::bigint * interval '1 microsecond') at time zone 'Europe/Paris')::date
    and ($1 = '' or received_on <= nullif($1, '')::date)
    and ($2 = '' or caisse_id = $2)
order by caisse_id, corbeille, due_on, pli_id, position
