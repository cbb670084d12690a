-- insert_work_item($1 document): in the corbeille of its route, when it has one.
insert into work_item (caisse_id, document_id, corbeille, service, priority, due_on, notes, missing)
select caisse_id, document_id, corbeille, service, priority, due_on, notes,
    sentences_about_missing(missing_in_document(document_id))
from document
where document_id = $1 and corbeille <> ''
