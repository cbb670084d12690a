-- unexplained($1 first day or empty, $2 last day or empty, $3 caisse or empty): what should be
-- impossible, and what is not finished though nobody works on it. One row per finding; number and filed
-- are subject and what once more for a statement: in French, without names of files.
with wanted_lot as (
    select * from lot
    where ($1 = '' or received_on >= nullif($1, '')::date)
        and ($2 = '' or received_on <= nullif($2, '')::date)
        and ($3 = '' or caisse_id = $3)
),
wanted as (
    select *, 'pli ' || pli_id || ' (' || name || ')' as subject, 'pli ' || pli_id as number
    from pli
    where state <> 'superseded'
        and ($1 = '' or received_on >= nullif($1, '')::date)
        and ($2 = '' or received_on <= nullif($2, '')::date)
        and ($3 = '' or caisse_id = $3)
),
open_job as (
    select * from job where state in ('waiting', 'running', 'held')
),
busy_lot as (
    select lot_id from lot where state = 'open'
    union
    select lot_id from open_job where kind = 'split'
    union
    select pli.lot_id from open_job join page using (page_id) join pli on pli.pli_id = page.pli_id
),
busy_pli as (
    select pli_id from open_job where kind = 'understand'
    union
    select document.pli_id
    from open_job join delivery using (delivery_id) join document using (document_id)
),
finding (caisse_id, subject, what, number, filed) as (
    select caisse_id, 'lot ' || lot_id || ' (' || source || ')',
        expected_files || ' files were expected, '
            || (select count(distinct name) from lot_file where lot_file.lot_id = wanted_lot.lot_id)
            || ' were taken in',
        'lot ' || lot_id,
        expected_files || ' fichiers attendus, '
            || (select count(distinct name) from lot_file where lot_file.lot_id = wanted_lot.lot_id)
            || ' pris en charge'
    from wanted_lot
    where state <> 'open'
        and expected_files <> (
            select count(distinct name) from lot_file where lot_file.lot_id = wanted_lot.lot_id)
    union all
    select caisse_id, 'lot ' || lot_id || ' (' || source || ')',
        'is still closed though all its plis are settled',
        'lot ' || lot_id, 'encore fermé alors que tous ses plis sont réglés'
    from wanted_lot
    where state = 'closed' and lot_id not in (select lot_id from busy_lot)
        and not exists (
            select from pli where pli.lot_id = wanted_lot.lot_id
            and pli.state not in ('delivered', 'superseded', 'set_aside'))
    union all
    select caisse_id, subject, 'is ' || state || ' and nobody works on it',
        number, 'inachevé, et personne n''y travaille'
    from wanted
    where state = 'captured' and lot_id not in (select lot_id from busy_lot)
        or state in ('read', 'understood', 'delivering')
        and pli_id not in (select pli_id from busy_pli)
    union all
    select page.caisse_id, wanted.subject,
        'page ' || page.page_index + 1 || ' is captured and nobody reads it',
        wanted.number, 'page ' || page.page_index + 1 || ' numérisée, et personne ne la lit'
    from page join wanted using (pli_id)
    where page.state = 'captured'
        and not exists (select from open_job where open_job.page_id = page.page_id)
    union all
    select page.caisse_id, wanted.subject,
        'is delivered, but page ' || page.page_index + 1 || ' is in none of its documents',
        wanted.number, 'livré, mais la page ' || page.page_index + 1 || ' n''est dans aucun document'
    from page join wanted using (pli_id)
    where wanted.state = 'delivered' and page.state in ('captured', 'read', 'blank')
        and not exists (
            select from document_page join document using (document_id)
            where document_page.page_id = page.page_id and document.state = 'delivered')
    union all
    select wanted.caisse_id, wanted.subject, 'is delivered, but has no document',
        wanted.number, 'livré, mais sans aucun document'
    from wanted
    where state = 'delivered' and not exists (
        select from document where document.pli_id = wanted.pli_id and document.state = 'delivered')
    union all
    select document.caisse_id, 'document ' || document_id || ' of ' || wanted.subject,
        'is delivered without a receipt',
        wanted.number, 'document ' || document.position || ' livré sans accusé de réception'
    from document join wanted using (pli_id)
    where document.state = 'delivered' and not exists (
        select from delivery
        where delivery.document_id = document.document_id and delivery.state = 'acknowledged')
    union all
    select document.caisse_id, 'document ' || document_id || ' of ' || wanted.subject,
        'the receipt of the GED does not match its PDF',
        wanted.number,
        'document ' || document.position || ' : l''accusé de réception n''est pas celui de son PDF'
    from document join wanted using (pli_id) join delivery using (document_id)
    where delivery.state = 'acknowledged'
        and delivery.receipt_sha256 is distinct from document.pdf_sha256
    union all
    select document.caisse_id, 'document ' || document_id || ' of ' || wanted.subject,
        'is delivered, but not in corbeille ' || document.corbeille,
        wanted.number,
        'document ' || document.position || ' livré, mais absent de la corbeille '
            || document.corbeille
    from document join wanted using (pli_id)
    where document.state = 'delivered' and document.corbeille <> '' and not exists (
        select from work_item where work_item.document_id = document.document_id)
)
select caisse_id, subject, what, number, filed from finding order by caisse_id, subject, what, filed
