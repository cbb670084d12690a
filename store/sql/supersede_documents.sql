-- supersede_documents($1 pli, $2 last position of the old ones, $3 new document).
update document set state = 'superseded', superseded_by = $3
where pli_id = $1 and position <= $2 and state in ('proposed', 'confirmed')
