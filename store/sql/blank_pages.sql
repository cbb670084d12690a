-- blank_pages($1 pages): captured -> blank; nothing of meaning stands on them.
update page set state = 'blank' where page_id = any ($1::bigint[]) and state = 'captured'
