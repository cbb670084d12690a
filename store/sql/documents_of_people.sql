-- documents_of_people($1 NIRs, $2 our pli, $3 caisses, $4 day): what came for them within a year of
-- that day, the latest first.
select document_key.key as person, document.type, pli.name,
    to_char(pli.received_on, 'YYYY-MM-DD') as received_on
from document_key
join document using (document_id)
join pli on pli.pli_id = document.pli_id
where document_key.kind = 'person' and document_key.key = any ($1::text[])
    and document.pli_id <> $2 and document_key.caisse_id = any ($3::text[])
    and came_in(document.state, pli.state)
    and pli.received_on between $4::date - 366 and $4::date + 366
order by pli.received_on desc, document.document_id desc
limit 100
