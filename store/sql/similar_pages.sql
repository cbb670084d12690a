-- similar_pages($1 bands, $2 numbers and words, $3 pages of ours, $4 their pli, $5 caisses): the
-- pages that have a band in common with ours, the four that have most in common.
select document.pli_id, pli.name, to_char(pli.received_on, 'YYYY-MM-DD') as received_on,
    page_print.picture, page_print.numbers::text[] as numbers, page_print.firm::text[] as firm,
    page_print.words::text[] as words
from page_print
join document using (document_id)
join pli on pli.pli_id = document.pli_id
where page_print.bands && $1::integer[] and page_print.page_id <> all ($3::bigint[])
    and document.pli_id <> $4 and page_print.caisse_id = any ($5::text[])
    and came_in(document.state, pli.state)
order by (
        select count(*) from unnest(page_print.numbers || page_print.words) said
        where said = any ($2::integer[])
    ) desc, page_print.page_id
limit 4
