-- blob_uses($1 caisse or empty, $2 behind this pli, $3 most plis): every blob that rows of these plis
-- name, and where it belongs; a pli without any gives a row without one.
with wanted as (
    select pli_id, pli.caisse_id,
        'pli ' || pli_id || ' (' || name || '), lot ' || lot_id || ' (' || source || ')' as place
    from pli join lot using (lot_id)
    where pli_id > $2::bigint and ($1 = '' or pli.caisse_id = $1)
    order by pli_id
    limit $3::integer
),
used (pli_id, caisse_id, place, sha256) as (
    select pli_id, caisse_id, place, '' from wanted
    union all
    select wanted.pli_id, wanted.caisse_id, 'file ' || lot_file.name || ' of ' || place, sha256
    from wanted join lot_file using (pli_id)
    union all
    select wanted.pli_id, wanted.caisse_id,
        shown.what || ' of page ' || page_index + 1 || ' of ' || place, shown.sha256
    from wanted join page using (pli_id) join page_reading using (page_id)
    cross join lateral (
        values ('picture', image_sha256), ('preview', preview_sha256)) shown (what, sha256)
    union all
    select wanted.pli_id, wanted.caisse_id,
        kept.what || ' of document ' || position || ' (' || type || ') of ' || place, kept.sha256
    from wanted join document using (pli_id)
    cross join lateral (
        values ('PDF', pdf_sha256), ('index', index_sha256)) kept (what, sha256)
    where kept.sha256 is not null
)
select pli_id, caisse_id, place, sha256 from used order by sha256, place
