-- record_pdf($1 document, $2 sha256 of the PDF, $3 of the index).
update document set pdf_sha256 = $2, index_sha256 = $3 where document_id = $1
