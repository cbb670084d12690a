-- prints_of_plis($1 plis, $2 caisses): the pages by which they may be known, pli by pli in the order
-- given. chosen: 2,000 pages, of 32 plis.
select pli.pli_id, pli.name, to_char(pli.received_on, 'YYYY-MM-DD') as received_on,
    page_print.picture, page_print.numbers::text[] as numbers, page_print.firm::text[] as firm,
    page_print.words::text[] as words,
    array(select band::text from page_band where page_band.page_id = page_print.page_id) as bands
from unnest($1::bigint[]) with ordinality wanted (pli_id, place)
join pli using (pli_id)
join document on document.pli_id = pli.pli_id
join page_print using (document_id)
where page_print.caisse_id = any ($2::text[]) and came_in(document.state, pli.state)
order by wanted.place, page_print.page_id
limit 2000
