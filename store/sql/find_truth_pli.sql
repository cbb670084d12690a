-- find_truth_pli($1 pli or 0, $2 its name or empty, $3 its caisse or empty). Two rows: several plis
-- have that name.
select pli_id from pli
where (pli_id = $1::bigint or $2 <> '' and name = $2 and state <> 'superseded')
    and ($3 = '' or caisse_id = $3)
order by pli_id
limit 2
