-- ledger($1 first day or empty, $2 last day or empty, $3 caisse or empty): how far the mail of each
-- caisse came, one row each. Files are those of its lots, pages and plis those that are its own now;
-- machines make rows of their own too.
with day as (
    select coalesce(nullif($1, '')::timestamp at time zone 'Europe/Paris', '-infinity') as first,
        coalesce((nullif($2, '')::timestamp + interval '1 day') at time zone 'Europe/Paris', 'infinity')
            as over
),
wanted_lot as (
    select lot_id, caisse_id, expected_files, (
        select count(distinct name) from lot_file where lot_file.lot_id = lot.lot_id) as taken_in
    from lot, day
    where received_at >= day.first and received_at < day.over and ($3 = '' or caisse_id = $3)
),
wanted as (
    select pli_id, caisse_id, state, decision is not null as is_understood from pli, day
    where received_at >= day.first and received_at < day.over and ($3 = '' or caisse_id = $3)
),
of_lots as (
    select caisse_id, sum(coalesce(expected_files, taken_in)) as files_expected,
        sum(taken_in) as files_taken_in,
        sum((
            select count(*) from pli
            where pli.lot_id = wanted_lot.lot_id and pli.caisse_id <> wanted_lot.caisse_id
                and pli.state <> 'superseded')) as given_away
    from wanted_lot group by caisse_id
),
of_pages as (
    select page.caisse_id, count(*) filter (where page.state <> 'replaced') as pages_scanned,
        count(*) filter (where page.state in ('read', 'blank', 'void')) as pages_read
    from page join wanted using (pli_id)
    group by page.caisse_id
),
of_plis as (
    select caisse_id, count(*) as received,
        count(*) filter (where is_understood) as understood,
        count(*) filter (where exists (
            select from event
            where subject = 'pli' and subject_id = pli_id and to_state = 'verified')) as verified,
        count(*) filter (where state = 'delivered') as delivered,
        count(*) filter (where state = 'delivered' and not exists (
            select from document
            where document.pli_id = wanted.pli_id and document.state = 'delivered' and not exists (
                select from delivery
                where delivery.document_id = document.document_id
                    and delivery.state = 'acknowledged'))) as acknowledged,
        count(*) filter (where state = 'set_aside') as set_aside,
        count(*) filter (where state in ('to_verify', 'verified')) as waiting,
        count(*) filter (where state in ('captured', 'read', 'understood', 'delivering')) as in_work
    from wanted where state <> 'superseded' group by caisse_id
),
of_machines as (
    select distinct caisse_id from machine_count
    where ($1 = '' or day >= nullif($1, '')::date) and ($2 = '' or day <= nullif($2, '')::date)
        and ($3 = '' or caisse_id = $3)
)
select caisse_id, caisse.name, coalesce(files_expected, 0) as files_expected,
    coalesce(files_taken_in, 0) as files_taken_in, coalesce(given_away, 0) as given_away,
    coalesce(pages_scanned, 0) as pages_scanned, coalesce(pages_read, 0) as pages_read,
    coalesce(received, 0) as received, coalesce(understood, 0) as understood,
    coalesce(verified, 0) as verified, coalesce(delivered, 0) as delivered,
    coalesce(acknowledged, 0) as acknowledged, coalesce(set_aside, 0) as set_aside,
    coalesce(waiting, 0) as waiting, coalesce(in_work, 0) as in_work
from caisse
left join of_lots using (caisse_id) left join of_pages using (caisse_id)
left join of_plis using (caisse_id)
where files_taken_in is not null or received is not null or pages_scanned is not null
    or caisse_id in (select caisse_id from of_machines)
order by caisse_id
