-- name_late_delivery($1 document): in the reason of its pli, when that was set aside meanwhile.
update pli
set reason = pli.reason || '. In the GED as well: document ' || position || ' (' || type || ')'
from document
where document_id = $1 and pli.pli_id = document.pli_id and pli.state = 'set_aside'
