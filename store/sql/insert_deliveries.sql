-- insert_deliveries($1 pli): one per confirmed document, with its deliver job. The key is fixed here
-- once and for all, before any GED is called. Priority 2: before anything is begun.
with new_delivery as (
    insert into delivery (caisse_id, document_id, idempotency_key)
    select caisse_id, document_id, caisse_id || '-' || pli_id || '-' || position
    from document where pli_id = $1 and state = 'confirmed'
    order by position
    returning delivery_id, caisse_id
)
insert into job (kind, caisse_id, delivery_id, priority)
select 'deliver', caisse_id, delivery_id, 2 from new_delivery
