-- record_pdf($1 document, $2 sha256).
update document set pdf_sha256 = $2 where document_id = $1
