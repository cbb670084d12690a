-- open_samples($1 first day or empty, $2 last day or empty, $3 caisse or empty): what is to be keyed, and nothing of
-- what was decided: a row per page of the pli that says something, the one asked for marked.
select sample.sample_id, sample.caisse_id, pli.name, to_char(pli.received_on, 'YYYY-MM-DD') as received_on,
    page.page_index + 1 as page_number, lot_file.name as file, lot_file.source,
    page.page_id = sample.asked_page_id as asked, page_reading.preview_sha256
from sample
join document using (document_id)
join pli on pli.pli_id = document.pli_id
join page on page.pli_id = pli.pli_id and page.state in ('read', 'set_aside')
join lot_file using (lot_file_id)
left join page_reading on page_reading.page_id = page.page_id
where document.state <> 'superseded'
    and not exists (
        select from truth where truth.document_id = document.document_id and truth.origin = 'sample')
    and ($1 = '' or pli.received_on >= nullif($1, '')::date)
    and ($2 = '' or pli.received_on <= nullif($2, '')::date)
    and ($3 = '' or sample.caisse_id = $3)
order by sample.sample_id, page.page_index
