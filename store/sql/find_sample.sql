-- find_sample($1 sample). No row: no such sample, or its document counts no more.
select sample.asked_page_id, document.pli_id, document.position,
    exists (
        select from truth where truth.document_id = document.document_id and truth.origin = 'sample'
    ) as keyed
from sample join document using (document_id)
where sample_id = $1::bigint and document.state <> 'superseded'
for update of sample
