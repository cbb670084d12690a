-- claim_jobs($1 worker, $2 kinds, $3 lease in seconds, $4 caisses to which nothing is delivered now,
-- $5 most): the due jobs that are wanted most, first things first, and what they are about.
select claimed.job_id, claimed.kind, claimed.fence, claimed.worker, claimed.caisse_id,
    coalesce(claimed.lot_id, pli.lot_id) as lot_id, pli.pli_id, claimed.page_id,
    document.document_id, claimed.delivery_id, claimed.attempt, claimed.crashes, claimed.losses,
    lot_file.sha256, lot_file.name as file, page.file_index
from claim_jobs($1, $2::text[], $3::bigint, $4::text[], $5::bigint) claimed
left join delivery on delivery.delivery_id = claimed.delivery_id
left join document on document.document_id = delivery.document_id
left join page on page.page_id = claimed.page_id
left join lot_file on lot_file.lot_file_id = page.lot_file_id
left join pli on pli.pli_id = coalesce(claimed.pli_id, page.pli_id, document.pli_id)
order by claimed.turn
