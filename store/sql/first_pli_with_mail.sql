-- first_pli_with_mail($1 lot): the first captured pli with a page that is no separator sheet. No row:
-- there is none.
select pli_id from pli
where lot_id = $1 and state = 'captured'
    and exists (select from page where page.pli_id = pli.pli_id and page.state <> 'void')
order by pli_id
limit 1
