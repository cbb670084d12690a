-- truth_of_pli($1 pli): what is in effect, one row per page of it that lies in the pli.
select truth.truth_id, truth.type, truth_page.page_id
from truth join truth_page using (truth_id) join page using (page_id)
where page.pli_id = $1 and truth_is_in_effect(truth.truth_id)
order by truth.truth_id, truth_page.position
