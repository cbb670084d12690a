-- sealed_chain($1 caisse, $2 behind this position, $3 most): the chain with its events as they are
-- now. there: the event still is. blobs_now: as the rows name them; null: nothing to compare.
select sealed_event.position, sealed_event.event_id, array_to_string(blobs, ' ') as blobs, hash,
    (extract(epoch from sealed_at) * 1000000)::bigint as sealed_us,
    event.event_id is not null as there, event.caisse_id,
    (extract(epoch from happened_at) * 1000000)::bigint as happened_us,
    subject, subject_id, from_state, to_state, event.reason, actor, written_by::text as written_by,
    case
        when subject = 'page' and from_state = '' then coalesce(lot_file.sha256, '')
        when subject = 'document' and to_state = 'delivered'
            then array_to_string(array[document.pdf_sha256, document.index_sha256], ' ')
    end as blobs_now
from sealed_event
left join event on event.event_id = sealed_event.event_id
left join page on subject = 'page' and from_state = '' and page.page_id = subject_id
left join lot_file on lot_file.lot_file_id = page.lot_file_id
left join document
    on subject = 'document' and to_state = 'delivered' and document.document_id = subject_id
where sealed_event.caisse_id = $1 and sealed_event.position > $2::bigint
order by sealed_event.position
limit $3::integer
