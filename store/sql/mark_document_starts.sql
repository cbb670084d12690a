-- mark_document_starts($1 pages): a document separator stood before each of them.
update page set starts_document = true where page_id = any ($1::bigint[])
