-- lot_pages($1 lot): all its pages in the order of intake, without their readings.
select page.page_id, page.pli_id, page.page_index, lot_file.name as file, page.file_index, page.state,
    page.reason, page.separator::text as separator, page.starts_document,
    '' as reading, page_reading.image_sha256, page_reading.image_coding,
    page_reading.image_width_px, page_reading.image_height_px, page_reading.image_channels,
    page_reading.image_dpi, page_reading.preview_sha256, coalesce(page_reading.confidence, 0) as confidence,
    coalesce(jsonb_array_length(page_reading.reading #> '{text,words}'), 0) as word_count
from lot_file
join page using (lot_file_id)
left join page_reading using (page_id)
where lot_file.lot_id = $1
order by lot_file.lot_file_id, page.file_index
