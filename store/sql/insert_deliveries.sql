-- insert_deliveries($1 pli): one per confirmed document, with its deliver job. The key is fixed here
-- once and for all, before any GED is called. Priority 2: before anything is begun; 1 what is due
-- tomorrow.
with new_delivery as (
    insert into delivery (caisse_id, document_id, idempotency_key)
    select caisse_id, document_id, caisse_id || '-' || pli_id || '-' || position
    from document where pli_id = $1 and state = 'confirmed'
    order by position
    returning delivery_id, document_id, caisse_id
)
insert into job (kind, caisse_id, delivery_id, priority)
select 'deliver', caisse_id, delivery_id,
    case when due_on <= (now() at time zone 'Europe/Paris')::date + 1 then 1 else 2 end
from new_delivery join (select document_id, due_on from document where pli_id = $1) due
    using (document_id)
order by delivery_id
