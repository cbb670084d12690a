-- delivery_of_document($1 delivery): with its document, pli and lot. No row: no such delivery.
select delivery.delivery_id, delivery.state, delivery.idempotency_key, document.document_id,
    document.position, document.type, document.confidence, document.decided_by,
    document.evidence::text as evidence, document.caisse_id, document.service, document.corbeille,
    document.priority, document.deadline_days, document.clear_days, document.master_id,
    document.pdf_sha256, document.index_sha256, document.notes,
    to_char(document.due_on, 'YYYY-MM-DD') as due_on, pli.pli_id, pli.name, pli.channel,
    -- The decision lists the documents that count, in order.
    coalesce(pli.decision -> 'documents' -> (
        select count(*)::integer from document earlier
        where earlier.pli_id = document.pli_id and earlier.position < document.position
            and earlier.state <> 'superseded'
    ) -> 'missing', '[]')::text as missing,
    (extract(epoch from pli.received_at) * 1000000)::bigint as received_us,
    to_char(pli.received_on, 'YYYY-MM-DD') as received_on, pli.lot_id, lot.label
from delivery
join document using (document_id)
join pli on pli.pli_id = document.pli_id
join lot on lot.lot_id = pli.lot_id
where delivery.delivery_id = $1
