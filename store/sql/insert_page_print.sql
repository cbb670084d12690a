-- insert_page_print($1 page, $2 picture, $3 numbers, $4 firm, $5 words): of a page that is in a
-- document; the last print counts.
insert into page_print (page_id, caisse_id, document_id, picture, numbers, firm, words)
select document_page.page_id, document_page.caisse_id, document_page.document_id, $2,
    $3::integer[], $4::integer[], $5::integer[]
from document_page
join document using (document_id)
where document_page.page_id = $1 and document.state <> 'superseded'
on conflict (page_id) do update
set document_id = excluded.document_id, picture = excluded.picture, numbers = excluded.numbers,
    firm = excluded.firm, words = excluded.words
