-- move_pages($1 pli, $2 pages in order): into this pli.
update page
set pli_id = pli.pli_id, caisse_id = pli.caisse_id, page_index = wanted.position - 1
from pli, unnest($2::bigint[]) with ordinality wanted (page_id, position)
where pli.pli_id = $1 and page.page_id = wanted.page_id
