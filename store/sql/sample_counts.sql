-- sample_counts($1 first day or empty, $2 last day or empty, $3 caisse or empty): by type as decided, how many
-- documents went without a person, and how many of them were chosen as samples.
select document.type, count(*) as automatic, count(sample.sample_id) as chosen
from document
join pli on pli.pli_id = document.pli_id
left join sample using (document_id)
where document.decided_by = 'auto' and document.state in ('confirmed', 'delivered')
    and cardinality(pli.verify_reasons) = 0
    and ($1 = '' or pli.received_on >= nullif($1, '')::date)
    and ($2 = '' or pli.received_on <= nullif($2, '')::date)
    and ($3 = '' or document.caisse_id = $3)
group by 1
order by 1
