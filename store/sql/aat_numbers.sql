-- aat_numbers($1 numbers of secured forms, $2 our pli, $3 caisses): where they came in before.
select document_key.key as number, pli.name, to_char(pli.received_on, 'YYYY-MM-DD') as received_on
from document_key
join document using (document_id)
join pli on pli.pli_id = document.pli_id
where document_key.kind = 'form' and document_key.key = any ($1::text[])
    and document.pli_id <> $2 and document_key.caisse_id = any ($3::text[])
    and came_in(document.state, pli.state)
order by document_key.key, document.document_id
