-- confirm_documents($1 pli): proposed -> confirmed.
update document set state = 'confirmed' where pli_id = $1 and state = 'proposed'
