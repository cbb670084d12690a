-- inherit_doubts($1 new pli, $2 pages that it will get): the doubts about the plis they come from.
update pli
set doubts = array(
    select distinct doubt
    from page join pli former using (pli_id), unnest(former.doubts) doubt
    where page.page_id = any ($2::bigint[])
    order by doubt)
where pli_id = $1
