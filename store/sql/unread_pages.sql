-- unread_pages($1 first day or empty, $2 last day or empty, $3 caisse or empty): pages that were
-- scanned and are not read.
select page.caisse_id, pli_id, pli.name, page.page_index, page.state
from pli join page using (pli_id)
where page.state in ('captured', 'set_aside', 'rescan_wanted')
    and pli.received_at >= coalesce(nullif($1, '')::timestamp at time zone 'Europe/Paris', '-infinity')
    and pli.received_at < coalesce(
        (nullif($2, '')::timestamp + interval '1 day') at time zone 'Europe/Paris', 'infinity')
    and ($3 = '' or page.caisse_id = $3)
order by page.caisse_id, pli_id, page.page_index
