-- similar_plis($1 bands, $2 our pli, $3 caisses, $4 day): earlier plis that have bands in common with
-- our pages, received within a year of that day; those with most in common first. Of each band the
-- latest 64 pages are looked at: what more pages share was printed on them, and a page that was
-- filled in alike is found by its other bands.
-- chosen: 64 pages, 32 plis.
with alike as (
    select page_id, wanted.band
    from unnest($1::integer[]) wanted (band)
    cross join unnest($3::text[]) linked (caisse_id)
    cross join lateral (
        select page_id
        from page_band
        where page_band.caisse_id = linked.caisse_id and page_band.band = wanted.band
            and page_band.received_on between $4::date - 366 and $4::date + 366
        order by page_band.received_on desc, page_band.page_id desc
        limit 64
    ) latest
)
select pli.pli_id
from alike
join page_print using (page_id)
join document using (document_id)
join pli on pli.pli_id = document.pli_id
where pli.pli_id <> $2 and page_print.caisse_id = any ($3::text[])
    and came_in(document.state, pli.state)
group by pli.pli_id
order by count(distinct alike.band) desc, pli.received_on desc, pli.pli_id desc
limit 32
