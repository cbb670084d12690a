-- number_pages($1 pli): indexes without gaps again, after pages were moved out.
update page
set page_index = numbered.position - 1
from (
    select page_id, row_number() over (order by page_index) as position
    from page where pli_id = $1
) numbered
where page.page_id = numbered.page_id and page.page_index <> numbered.position - 1
