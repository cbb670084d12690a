-- insert_file($1 lot, $2 name, $3 sha256, $4 bytes, $5 pages, $6 readable): one pli with its pages,
-- and a read job for each when the file is readable. Gives the pli.
with new_pli as (
    insert into pli (caisse_id, lot_id, name, channel, received_at)
    select caisse_id, lot_id, case label when '' then '' else label || '/' end || $2, channel,
        received_at
    from lot
    where lot_id = $1
    returning pli_id, caisse_id, lot_id
),
new_file as (
    insert into lot_file (caisse_id, lot_id, source, pli_id, name, sha256, bytes, pages)
    select new_pli.caisse_id, new_pli.lot_id, lot.source, new_pli.pli_id, $2, $3, $4::bigint,
        $5::integer
    from new_pli join lot using (lot_id)
    returning lot_file_id
),
new_page as (
    insert into page (caisse_id, pli_id, page_index, lot_file_id, file_index)
    select new_pli.caisse_id, new_pli.pli_id, number, new_file.lot_file_id, number
    from new_pli, new_file, generate_series(0, $5::integer - 1) number
    order by number
    returning page_id, caisse_id
),
new_job as (
    insert into job (kind, caisse_id, page_id)
    select 'read', caisse_id, page_id from new_page where $6::boolean
)
select pli_id from new_pli
