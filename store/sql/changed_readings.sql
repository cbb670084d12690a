-- changed_readings($1 caisse or empty): pages whose reading names other pictures than were sealed when
-- it was read last.
select page.caisse_id, page.page_id, page.page_index + 1 as page_number, pli.pli_id, pli.name
from page
join pli on pli.pli_id = page.pli_id
left join page_reading on page_reading.page_id = page.page_id
cross join lateral (
    select sealed_event.blobs
    from event left join sealed_event on sealed_event.event_id = event.event_id
    where subject = 'page' and subject_id = page.page_id and to_state in ('read', 'blank')
    order by event.event_id desc
    limit 1
) last_read
where ($1 = '' or page.caisse_id = $1) and last_read.blobs is not null
    and last_read.blobs is distinct from array_remove(
        array[page_reading.image_sha256, page_reading.preview_sha256], null)
order by page.page_id
