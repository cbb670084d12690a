-- insert_document_field($1 document, $2 position, $3 name, $4 value, $5 confidence, $6 page index,
-- $7 x0, $8 y0, $9 x1, $10 y1).
insert into document_field (document_id, position, caisse_id, name, value, confidence, page_index,
    x0, y0, x1, y1)
select document_id, $2::integer, caisse_id, $3, $4, $5::double precision, $6::integer, $7::integer,
    $8::integer, $9::integer, $10::integer
from document where document_id = $1
