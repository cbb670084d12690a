-- enter_job($1 job, $2 fence, $3 more caisses): from here on, until the transaction ends, row-level
-- security holds it: it sees mail of the caisse of the job and of those named, when there is no such job
-- none at all. A split: of all caisses that have a pli in the lot.
select set_config('role', 'pleiade_worker', true),
    set_config('pleiade.caisses', coalesce((
        select concat_ws(',', caisse_id,
            case kind when 'split' then caisses_of_split(job_id, $2::bigint) end,
            nullif(array_to_string($3::text[], ','), ''))
        from job where job_id = $1::bigint and fence = $2::bigint), ''), true)
