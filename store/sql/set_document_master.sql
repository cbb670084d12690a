-- set_document_master($1 document, $2 master).
update document set master_id = $2 where document_id = $1
