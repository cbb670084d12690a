-- plis_with_truth($1 caisse or empty): those of which something is known, in order.
select distinct pli_id from truth
where ($1 = '' or caisse_id = $1)
order by pli_id
