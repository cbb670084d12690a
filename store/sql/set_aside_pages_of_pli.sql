-- set_aside_pages_of_pli($1 pli, $2 reason): its captured pages.
update page set state = 'set_aside', reason = $2 where pli_id = $1 and state = 'captured'
