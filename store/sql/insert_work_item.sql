-- insert_work_item($1 document): in the corbeille of its route, when it has one.
insert into work_item (caisse_id, document_id, corbeille, service, priority, due_on, notes)
select caisse_id, document_id, corbeille, service, priority, due_on, notes
from document
where document_id = $1 and corbeille <> ''
