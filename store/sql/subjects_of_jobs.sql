-- subjects_of_jobs($1 jobs): what they are about, as far as their caisses are named.
select job.job_id, pli.pli_id, document.document_id, lot_file.sha256, lot_file.name as file,
    page.file_index
from job
left join delivery on delivery.delivery_id = job.delivery_id
left join document on document.document_id = delivery.document_id
left join page on page.page_id = job.page_id
left join lot_file on lot_file.lot_file_id = page.lot_file_id
left join pli on pli.pli_id = coalesce(job.pli_id, page.pli_id, document.pli_id)
where job.job_id = any ($1::bigint[])
