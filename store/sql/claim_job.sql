-- claim_job($1 worker, $2 kinds, $3 lease in seconds, $4 caisses to which nothing is delivered now):
-- takes the next due job of the wanted kinds. No row when there is nothing to do. Two workers never get
-- one job: rows another worker is looking at are skipped, not waited for. From here on the transaction
-- sees mail of the caisse of the job: what it is about is found by subjects_of_jobs.
--
-- The caisse that was given the least work goes first, counted in turns: a job's turn is where its
-- caisse stood when it was claimed. Who had nothing to do for a while begins where the others stand,
-- so nobody saves turns up. Within the caisse: what has been wanted for longest.
-- Source: start-time fair queueing, Goyal, Vin and Cheng 1996.
-- Every part looks at the first entries of an index: the time grows with the caisses, not the jobs.
with stand as materialized (
    select caisse.caisse_id, latest.turn, latest.turn + job_cost(latest.kind) as next_turn
    from caisse
    left join lateral (
        select job.turn, job.kind from job
        where job.caisse_id = caisse.caisse_id and job.turn is not null
        order by job.turn desc limit 1
    ) latest on true
),
head as materialized (
    select stand.caisse_id, wanted.kind, first.wanted_at,
        greatest(stand.next_turn, (select max(turn) from stand), 0) as turn,
        min(first.wanted_at) over (partition by stand.caisse_id) as oldest
    from stand
    cross join unnest($2::text[]) wanted (kind)
    cross join lateral (
        select job.wanted_at from job
        where job.state = 'waiting' and job.caisse_id = stand.caisse_id and job.kind = wanted.kind
            and job.due_at <= now()
        order by job.wanted_at, job.job_id limit 1
    ) first
    where not (wanted.kind = 'deliver' and stand.caisse_id = any ($4::text[]))
    order by turn, oldest, stand.caisse_id, first.wanted_at
),
candidate as (
    select free.job_id, head.turn
    from head -- in its order, and no further than the first that is free
    cross join lateral (
        select job.job_id from job
        where job.state = 'waiting' and job.caisse_id = head.caisse_id and job.kind = head.kind
            and job.due_at <= now()
        order by job.wanted_at, job.job_id
        for update skip locked
        limit 1
    ) free
    limit 1
),
claimed as (
    update job
    set state = 'running', worker = $1, attempt = attempt + 1, fence = fence + 1,
        lease_until = now() + $3::bigint * interval '1 second', turn = candidate.turn
    from candidate
    where job.job_id = candidate.job_id
    returning job.*
)
select job_id, kind, fence, worker, caisse_id, lane as lot_id, page_id, delivery_id, attempt, crashes,
    losses, set_config('pleiade.caisses', string_agg(caisse_id, ',') over (), true)
from claimed
