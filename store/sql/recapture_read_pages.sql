-- recapture_read_pages($1 pages): those that are read go back to captured, to become something else.
update page set state = 'captured' where page_id = any ($1::bigint[]) and state = 'read'
