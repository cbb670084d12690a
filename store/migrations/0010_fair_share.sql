-- The queue is fair: caisses take turns by the work they were given, lots of one caisse by when their
-- jobs are wanted.

-- Seconds a job takes about, in which the shares of caisses are counted. chosen: reading is what costs.
create function job_cost(kind text) returns double precision
language sql immutable parallel safe
as $$
    select case kind when 'read' then 1.0 else 0.1 end
$$;

-- lane: the lot it came with. wanted_at: its place among the jobs of its caisse. turn: its place
-- among those of all caisses, given when it is claimed.
alter table job add column lane bigint;
alter table job add column wanted_at timestamptz;
alter table job add column turn double precision;

update job set
    lane = coalesce(job.lot_id, (
        select pli.lot_id from pli where pli.pli_id = coalesce(
            job.pli_id,
            (select page.pli_id from page where page.page_id = job.page_id),
            (select document.pli_id from delivery join document using (document_id)
                where delivery.delivery_id = job.delivery_id)))),
    wanted_at = job.due_at;

alter table job alter column lane set not null;
alter table job alter column wanted_at set not null;

drop index job_to_claim;
create index job_to_claim on job (caisse_id, kind, wanted_at, job_id) where state = 'waiting';
create index job_by_lane on job (lane, kind, wanted_at) where state = 'waiting';
create index job_by_turn on job (caisse_id, turn) where turn is not null;

-- Gives a job its lane and its place in it. A lane gets one second of work a second: a job is wanted
-- when those before it in its lane are done at that pace, and from then on grows older than all that
-- comes later. A step of priority is worth ten minutes of age; mail of an earlier day goes before
-- what came in up to four hours earlier. All three chosen.
create function give_place_to_job() returns trigger
language plpgsql
set enable_seqscan = off -- a plan made while there were few jobs is kept when there are many
set enable_bitmapscan = off
as $$
declare
    received timestamptz;
    late interval;
    last_in_lane timestamptz;
begin
    select pli.lot_id, pli.received_at into new.lane, received
    from pli where pli.pli_id = coalesce(
        new.pli_id,
        (select page.pli_id from page where page.page_id = new.page_id),
        (select document.pli_id from delivery join document using (document_id)
            where delivery.delivery_id = new.delivery_id));
    if new.lot_id is not null then
        select lot.lot_id, lot.received_at into new.lane, received
        from lot where lot.lot_id = new.lot_id;
    end if;
    late := least(greatest(now() - received - interval '1 day', '0'), '4 hours');
    select job.wanted_at into last_in_lane
    from job where job.state = 'waiting' and job.lane = new.lane and job.kind = new.kind
    order by job.wanted_at desc limit 1;
    new.wanted_at := greatest(
        now() - late - (5 - new.priority) * interval '10 minutes', last_in_lane
    ) + job_cost(new.kind) * interval '1 second';
    return new;
end
$$;
create trigger job_place before insert on job for each row execute function give_place_to_job();

-- The split of a lot is a later step, like the understanding of its plis.
create or replace function queue_split_when_settled(settled_lot bigint) returns void
language plpgsql
as $$
declare
    closed_lot lot;
begin
    select * into strict closed_lot from lot where lot_id = settled_lot for no key update;
    if closed_lot.state <> 'closed'
        or exists (select from job where lot_id = settled_lot)
        or exists (
            select from page join pli using (pli_id)
            where pli.lot_id = settled_lot and page.state in ('captured', 'rescan_wanted'))
    then
        return;
    end if;
    insert into job (kind, caisse_id, lot_id, priority)
    values ('split', closed_lot.caisse_id, settled_lot, 3);
end
$$;

-- Jobs change state a few times and pile up for ever: what is dead goes soon, and how many of which
-- state there are is known. chosen: after a few thousand jobs, however many there ever were.
alter table job set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000,
    autovacuum_vacuum_cost_delay = 0);
alter table delivery set (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0.02);
alter table work_item set (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0.02);
