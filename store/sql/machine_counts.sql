-- machine_counts($1 first day or empty, $2 last day or empty, $3 caisse or empty): what sorters and
-- openers counted on the days they worked.
select caisse_id, machine, what, sum(pieces) as pieces
from machine_count
where ($1 = '' or day >= nullif($1, '')::date)
    and ($2 = '' or day <= nullif($2, '')::date)
    and ($3 = '' or caisse_id = $3)
group by caisse_id, machine, what
order by caisse_id, machine, what
