-- insert_work_item($1 document): in the corbeille of its route, when it has one. Clear days count
-- neither the first day nor the last; week-ends and holidays at the end, which would give more time,
-- are not looked at.
insert into work_item (caisse_id, document_id, corbeille, service, priority, due_on)
select document.caisse_id, document_id, corbeille, service, priority,
    (pli.received_at at time zone 'Europe/Paris')::date + deadline_days
        + case when clear_days then 1 else 0 end
from document join pli using (pli_id)
where document_id = $1 and corbeille <> ''
