-- document_fields($1 document): in order.
select name, value, confidence, page_index, x0, y0, x1, y1
from document_field where document_id = $1 order by position
