-- truth_pages($1 pli): its pages in order, each with the document that counts (null: in none).
select page.page_id, page.page_index, document.document_id, document.position, document.type
from page
left join (document_page join document using (document_id, caisse_id))
    on document_page.page_id = page.page_id and document.state <> 'superseded'
where page.pli_id = $1 and page.state in ('read', 'blank', 'set_aside')
order by page.page_index
