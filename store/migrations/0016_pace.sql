-- What is done for every job costs less: 2,000 of them a second are wanted.

drop trigger lot_born on lot;
drop trigger lot_moved on lot;
drop trigger pli_born on pli;
drop trigger pli_moved on pli;
drop trigger page_born on page;
drop trigger page_moved on page;
drop trigger document_born on document;
drop trigger document_moved on document;
drop trigger delivery_born on delivery;
drop trigger delivery_moved on delivery;
drop trigger work_item_born on work_item;
drop trigger work_item_moved on work_item;

-- Each table its own branch, so that what is done for every move is planned once a session.
create or replace function record_move() returns trigger
language plpgsql
as $$
declare
    key bigint;
    why text;
begin
    case tg_table_name
        when 'page' then
            key := new.page_id;
            why := case new.state when 'set_aside' then new.reason end;
        when 'pli' then
            key := new.pli_id;
            why := case new.state
                when 'set_aside' then new.reason
                when 'superseded' then 'by pli ' || new.superseded_by
            end;
        when 'document' then
            key := new.document_id;
            why := 'by document ' || new.superseded_by;
        when 'delivery' then
            key := new.delivery_id;
            why := case new.state when 'refused' then new.reason end;
        when 'work_item' then
            key := new.work_item_id;
            why := case new.state
                when 'returned' then new.reason
                when 'forwarded' then 'to ' || new.forwarded_to
            end;
        when 'lot' then
            key := new.lot_id;
    end case;
    insert into event (caisse_id, subject, subject_id, from_state, to_state, reason, actor)
    values (
        new.caisse_id, tg_table_name, key,
        case when tg_op = 'INSERT' then '' else old.state end, new.state, without_nir(why),
        coalesce(nullif(current_setting('pleiade.actor', true), ''), session_user));
    return null;
end
$$;

create trigger lot_born after insert on lot for each row execute function record_move();
create trigger lot_moved after update of state on lot for each row
    when (old.state is distinct from new.state) execute function record_move();
create trigger pli_born after insert on pli
    for each row execute function record_move();
create trigger pli_moved after update of state on pli for each row
    when (old.state is distinct from new.state) execute function record_move();
create trigger page_born after insert on page
    for each row execute function record_move();
create trigger page_moved after update of state on page for each row
    when (old.state is distinct from new.state) execute function record_move();
create trigger document_born after insert on document
    for each row execute function record_move();
create trigger document_moved after update of state on document for each row
    when (old.state is distinct from new.state) execute function record_move();
create trigger delivery_born after insert on delivery
    for each row execute function record_move();
create trigger delivery_moved after update of state on delivery for each row
    when (old.state is distinct from new.state) execute function record_move();
create trigger work_item_born after insert on work_item
    for each row execute function record_move();
create trigger work_item_moved after update of state on work_item for each row
    when (old.state is distinct from new.state)
    execute function record_move();

-- Queues the split of a lot when it is closed and no page of it is unsettled. The lot row is locked
-- first, so that of two last pages settled at once the second sees the first. Whoever settles a page
-- may not see them all: a lot holds plis of several caisses. Asked for every page: most lots have jobs
-- that wait, and one look says so.
create or replace function queue_split_when_settled(settled_lot bigint) returns void
language plpgsql security definer set search_path = public, pg_temp
set enable_seqscan = off -- a plan made while there were few jobs is kept when there are many
set enable_bitmapscan = off
as $$
declare
    state_now text;
    caisse text;
begin
    select state, caisse_id into state_now, caisse
    from lot where lot_id = settled_lot for no key update;
    if state_now is distinct from 'closed'
        or exists (select from job where lane = settled_lot and kind = 'read' and state = 'waiting')
        or exists (select from job where lot_id = settled_lot)
        or exists (
            select from page join pli using (pli_id)
            where pli.lot_id = settled_lot and page.state in ('captured', 'rescan_wanted'))
        or not asker_has_mail_in(settled_lot)
    then
        return;
    end if;
    insert into job (kind, caisse_id, lot_id, priority) values ('split', caisse, settled_lot, 3);
end
$$;

-- Takes the due jobs of the wanted kinds that are wanted most, at most so many, all of one kind and
-- one caisse; nothing is delivered to the caisses in silent. Two workers never get one job: rows that
-- another looks at are skipped, not waited for. Jobs whose worker gave no sign of life wait again
-- first: no crash, but a loss. From here on, until the transaction ends, row-level security holds it to
-- the caisse of the jobs.
--
-- The caisse that was given the least work goes first, counted in turns: a job's turn is where its
-- caisse stood when it was claimed. Who had nothing to do for a while begins where the others stand,
-- so nobody saves turns up. Within the caisse: what has been wanted for longest.
-- Source: start-time fair queueing, Goyal, Vin and Cheng 1996.
-- Every part looks at the first entries of an index: the time grows with the caisses, not the jobs.
create function claim_jobs(
    who text, kinds text[], lease_seconds bigint, silent text[], most bigint
) returns table (
    job_id bigint, kind text, fence bigint, worker text, caisse_id text, lot_id bigint, pli_id bigint,
    page_id bigint, document_id bigint, delivery_id bigint, attempt integer, crashes integer,
    losses integer, sha256 text, file text, file_index integer)
language plpgsql
set enable_seqscan = off -- a plan made while there were few jobs is kept when there are many
set enable_bitmapscan = off
set plan_cache_mode = force_generic_plan -- planning costs more than claiming
as $$
#variable_conflict use_column
declare
    claimed bigint[];
    head record;
begin
    update job
    set state = 'waiting', worker = null, lease_until = null, losses = losses + 1
    where job_id in (
        select job_id from job
        where state = 'running' and lease_until < now()
        for update skip locked);
    perform set_config('role', 'pleiade_worker', true);
    for head in
        with stand as materialized (
            select caisse.caisse_id, latest.turn, latest.turn + job_cost(latest.kind) as next_turn
            from caisse
            left join lateral (
                select job.turn, job.kind from job
                where job.caisse_id = caisse.caisse_id and job.turn is not null
                order by job.turn desc limit 1
            ) latest on true
        )
        select stand.caisse_id, wanted.kind,
            greatest(stand.next_turn, (select max(turn) from stand), 0) as turn,
            min(first.wanted_at) over (partition by stand.caisse_id) as oldest
        from stand
        cross join unnest(kinds) wanted (kind)
        cross join lateral (
            select job.wanted_at from job
            where job.state = 'waiting' and job.caisse_id = stand.caisse_id
                and job.kind = wanted.kind and job.due_at <= now()
            order by job.wanted_at, job.job_id limit 1
        ) first
        where not (wanted.kind = 'deliver' and stand.caisse_id = any (silent))
        order by turn, oldest, stand.caisse_id, first.wanted_at
    loop
        with free as (
            select job.job_id, job.wanted_at from job
            where job.state = 'waiting' and job.caisse_id = head.caisse_id
                and job.kind = head.kind and job.due_at <= now()
            order by job.wanted_at, job.job_id
            for update skip locked
            limit most
        ),
        placed as (
            select free.job_id, row_number() over (order by free.wanted_at, free.job_id) - 1 as before
            from free
        ),
        taken as (
            update job
            set state = 'running', worker = who, attempt = job.attempt + 1, fence = job.fence + 1,
                lease_until = now() + lease_seconds * interval '1 second',
                turn = head.turn + placed.before * job_cost(head.kind)
            from placed
            where job.job_id = placed.job_id
            returning job.job_id
        )
        select array_agg(taken.job_id) into claimed from taken;
        exit when claimed is not null;
    end loop;
    perform set_config(
        'pleiade.caisses', coalesce((select job.caisse_id from job where job.job_id = claimed[1]), ''), true);
    -- A statement of its own: the mail may be younger than the one that called this function.
    return query
    select job.job_id, job.kind, job.fence, job.worker, job.caisse_id, job.lane, pli.pli_id, job.page_id, document.document_id,
        job.delivery_id, job.attempt, job.crashes, job.losses, lot_file.sha256, lot_file.name,
        page.file_index
    from job
    left join delivery on delivery.delivery_id = job.delivery_id
    left join document on document.document_id = delivery.document_id
    left join page on page.page_id = job.page_id
    left join lot_file on lot_file.lot_file_id = page.lot_file_id
    left join pli on pli.pli_id = coalesce(job.pli_id, page.pli_id, document.pli_id)
    where job.job_id = any (claimed)
    order by job.turn;
end
$$;

-- Pages of one worker, read; the arrays run in step. Gives the jobs that went through: of the others
-- the lease was lost.
create function finish_reads(
    jobs bigint[], fences bigint[], states text[], separators text[], readings text[],
    confidences real[], images text[], codings text[], widths integer[], heights integer[],
    channels integer[], dpis integer[], previews text[]
) returns setof bigint
language plpgsql
set plan_cache_mode = force_generic_plan -- planning costs more than finishing
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
    return query
    with given as materialized (
        select * from unnest(
            jobs, fences, states, separators, readings, confidences, images, codings, widths,
            heights, channels, dpis, previews
        ) given (job_id, fence, state, separator, reading, confidence, image, coding, width, height,
            channels, dpi, preview)
    ),
    held as materialized (
        select given.*, job.page_id, job.worker
        from given join job using (job_id)
        where job.fence = given.fence and job.state = 'running'
        order by job.job_id
        for no key update of job
    ),
    settled as (
        update page
        set state = held.state, reason = null, separator = nullif(held.separator, '')::jsonb
        from held where page.page_id = held.page_id
        returning page.caisse_id, held.*
    ),
    ended as (
        update job set state = 'done', worker = null, lease_until = null
        from settled where job.job_id = settled.job_id
    ),
    kept as (
        insert into page_reading (page_id, caisse_id, reading, confidence, image_sha256,
            image_coding, image_width_px, image_height_px, image_channels, image_dpi,
            preview_sha256)
        select settled.page_id, settled.caisse_id, settled.reading::jsonb, settled.confidence,
            settled.image, settled.coding, settled.width, settled.height, settled.channels,
            settled.dpi, settled.preview
        from settled
        on conflict (page_id) do update
        set reading = excluded.reading, confidence = excluded.confidence,
            image_sha256 = excluded.image_sha256, image_coding = excluded.image_coding,
            image_width_px = excluded.image_width_px, image_height_px = excluded.image_height_px,
            image_channels = excluded.image_channels, image_dpi = excluded.image_dpi,
            preview_sha256 = excluded.preview_sha256, read_at = now()
    )
    select case when set_config('pleiade.actor', settled.worker, true) <> '' then settled.job_id end
    from settled;
end
$$;
