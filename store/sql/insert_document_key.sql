-- insert_document_key($1 document, $2 kind, $3 key, $4 value).
insert into document_key (document_id, kind, key, value, caisse_id)
select document_id, $2, $3, $4, caisse_id from document where document_id = $1
