-- unsealed_events($1 first transaction, $2 the one behind the last, $3 most): with the blobs they brought.
with chosen as materialized (
    select * from event
    where written_by >= $1::text::xid8 and written_by < $2::text::xid8
        and not exists (select from sealed_event where sealed_event.event_id = event.event_id)
    order by written_by, event_id
    limit $3::integer
)
select event_id, (extract(epoch from happened_at) * 1000000)::bigint as happened_us,
    chosen.caisse_id, subject, subject_id, from_state, to_state, chosen.reason, actor,
    written_by::text as written_by,
    array_to_string(array[
        lot_file.sha256, page_reading.image_sha256, page_reading.preview_sha256,
        document.pdf_sha256, document.index_sha256], ' ') as blobs
from chosen
left join page on subject = 'page' and page.page_id = subject_id
left join lot_file on from_state = '' and lot_file.lot_file_id = page.lot_file_id
left join page_reading on to_state in ('read', 'blank') and page_reading.page_id = page.page_id
left join document
    on subject = 'document' and to_state = 'delivered' and document.document_id = subject_id
order by chosen.written_by, event_id
