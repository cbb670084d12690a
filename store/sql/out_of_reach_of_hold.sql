-- out_of_reach_of_hold($1 lot or 0, $2 pli or 0): what no hold brings back: documents the GED has, and
-- those that are just being delivered.
select count(*) filter (where document.state = 'delivered') as delivered,
    count(*) filter (where document.state <> 'delivered' and exists (
        select from delivery join job using (delivery_id)
        where delivery.document_id = document.document_id and job.state = 'running')) as under_way
from document join pli using (pli_id)
where pli.lot_id = $1::bigint or pli.pli_id = $2::bigint
