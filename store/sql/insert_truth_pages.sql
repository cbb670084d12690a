-- insert_truth_pages($1 truth, $2 pages in order).
insert into truth_page (truth_id, position, page_id, caisse_id)
select truth.truth_id, said.position - 1, said.page_id, truth.caisse_id
from truth, unnest($2::bigint[]) with ordinality said (page_id, position)
where truth.truth_id = $1
