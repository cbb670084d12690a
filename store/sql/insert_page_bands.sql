-- insert_page_bands($1 page, $2 bands): those of its last print.
with gone as (
    delete from page_band where page_id = $1 and band <> all ($2::integer[])
)
insert into page_band (caisse_id, band, received_on, page_id)
select page_print.caisse_id, wanted.band, pli.received_on, page_print.page_id
from page_print
join document using (document_id)
join pli on pli.pli_id = document.pli_id
cross join unnest($2::integer[]) wanted (band)
where page_print.page_id = $1
on conflict do nothing
