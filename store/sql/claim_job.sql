-- claim_job($1 worker, $2 kinds, $3 lease in seconds, $4 caisses to which nothing is delivered now):
-- takes the most urgent due job of the wanted kinds. No row when there is nothing to do. Two workers never get one job: rows another worker is
-- looking at are skipped, not waited for.
with candidate as (
    select job_id
    from job
    where state = 'waiting' and kind = any ($2::text[]) and due_at <= now()
        and not (kind = 'deliver' and caisse_id = any ($4::text[]))
    order by priority, due_at, job_id
    for update skip locked
    limit 1
),
claimed as (
    update job
    set state = 'running', worker = $1, attempt = attempt + 1, fence = fence + 1,
        lease_until = now() + $3::bigint * interval '1 second'
    from candidate
    where job.job_id = candidate.job_id
    returning job.*
)
select claimed.job_id, claimed.kind, claimed.fence, claimed.worker, claimed.caisse_id,
    coalesce(claimed.lot_id, pli.lot_id) as lot_id, pli.pli_id, claimed.page_id,
    document.document_id, claimed.delivery_id, claimed.attempt, claimed.crashes, claimed.losses,
    lot_file.sha256, lot_file.name as file, page.file_index
from claimed
left join delivery on delivery.delivery_id = claimed.delivery_id
left join document on document.document_id = delivery.document_id
left join page on page.page_id = claimed.page_id
left join lot_file on lot_file.lot_file_id = page.lot_file_id
left join pli on pli.pli_id = coalesce(claimed.pli_id, page.pli_id, document.pli_id)
