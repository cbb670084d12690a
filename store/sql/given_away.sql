-- given_away($1 first day or empty, $2 last day or empty, $3 caisse or empty): plis of the lots of a
-- caisse that belong to another caisse now. Which one is not the business of the first.
select lot.caisse_id, pli.pli_id
from lot join pli using (lot_id)
where pli.caisse_id <> lot.caisse_id and pli.state <> 'superseded'
    and ($1 = '' or lot.received_on >= nullif($1, '')::date)
    and ($2 = '' or lot.received_on <= nullif($2, '')::date)
    and ($3 = '' or lot.caisse_id = $3)
order by lot.caisse_id, pli.pli_id
