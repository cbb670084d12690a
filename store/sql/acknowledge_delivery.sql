-- acknowledge_delivery($1 delivery, $2 receipt, $3 location, $4 time in microseconds): the delivery,
-- and its document delivered.
with acknowledged as (
    update delivery
    set state = 'acknowledged', receipt_sha256 = $2, receipt_location = $3,
        receipt_at = timestamptz 'epoch' + $4::bigint * interval '1 microsecond'
    where delivery_id = $1
    returning document_id
)
update document set state = 'delivered'
from acknowledged where document.document_id = acknowledged.document_id
