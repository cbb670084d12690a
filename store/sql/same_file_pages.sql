-- same_file_pages($1 pages in order, $2 their pli, $3 caisses): documents that hold the same page of
-- a file with the same bytes, of the plis that hold most of ours. chosen: the latest 256 copies of a
-- file and 8 plis; one that holds all our pages is enough to know that they came before.
with ours as materialized ( -- few rows, and one join that need not be planned with all the others
    select (wanted.position - 1)::integer as page_index, lot_file.sha256, page.file_index
    from unnest($1::bigint[]) with ordinality wanted (page_id, position)
    join page using (page_id)
    join lot_file using (lot_file_id)
    where page.state = 'read'
),
copies as (
    select ours.page_index, pli.pli_id, pli.name, pli.received_on
    from ours
    cross join lateral (
        select lot_file_id from lot_file
        where sha256 = ours.sha256
        order by lot_file_id desc
        limit 256
    ) their_file
    join page theirs
        on theirs.lot_file_id = their_file.lot_file_id and theirs.file_index = ours.file_index
    join document_page on document_page.page_id = theirs.page_id
    join document on document.document_id = document_page.document_id
    join pli on pli.pli_id = document.pli_id
    where theirs.page_id <> all ($1::bigint[])
        and document.pli_id <> $2 and document.caisse_id = any ($3::text[])
        and came_in(document.state, pli.state)
),
fullest as (
    select pli_id from copies
    group by pli_id
    order by count(distinct page_index) desc, pli_id
    limit 8
)
select distinct page_index, pli_id, name, to_char(received_on, 'YYYY-MM-DD') as received_on
from copies join fullest using (pli_id)
order by page_index, pli_id
