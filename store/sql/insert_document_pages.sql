-- insert_document_pages($1 document, $2 pages in order): those that are pages of its pli.
insert into document_page (document_id, page_id, caisse_id, position)
select document.document_id, page.page_id, document.caisse_id, wanted.position - 1
from document
join page using (pli_id)
join unnest($2::bigint[]) with ordinality wanted (page_id, position) using (page_id)
where document.document_id = $1
