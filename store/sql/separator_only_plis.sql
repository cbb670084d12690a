-- separator_only_plis($1 lot): captured plis that hold nothing but separator sheets.
select pli_id from pli
where lot_id = $1 and state = 'captured'
    and not exists (select from page where page.pli_id = pli.pli_id and page.state <> 'void')
