-- document_pages($1 document): its pages in order, with their readings.
select page.page_id, page.pli_id, page.page_index, lot_file.name as file, page.file_index, page.state,
    page.reason, page.separator::text as separator, page.starts_document,
    page_reading.reading::text as reading, page_reading.image_sha256, page_reading.image_coding,
    page_reading.image_width_px, page_reading.image_height_px, page_reading.image_channels,
    page_reading.image_dpi
from document_page
join page using (page_id)
join lot_file using (lot_file_id)
left join page_reading using (page_id)
where document_page.document_id = $1
order by document_page.position
