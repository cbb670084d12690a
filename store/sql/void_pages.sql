-- void_pages($1 pages): captured -> void; they belong to no pli's content.
update page set state = 'void' where page_id = any ($1::bigint[]) and state = 'captured'
