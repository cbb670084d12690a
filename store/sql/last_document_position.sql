-- last_document_position($1 pli): 0 when it has no document.
select coalesce(max(position), 0) as position from document where pli_id = $1
