-- A person stops a lot or a pli that is in the queue, and lets it go on later.

alter table lot
    add column held_why text,
    add column held_by text,
    add column held_at timestamptz,
    add constraint lot_held_says_why_and_who check (
        (held_why is not null) = (held_by is not null) and (held_why is not null) = (held_at is not null)
        and held_why <> '' and held_by <> '');
alter table pli
    add column held_why text,
    add column held_by text,
    add column held_at timestamptz,
    add constraint pli_held_says_why_and_who check (
        (held_why is not null) = (held_by is not null) and (held_why is not null) = (held_at is not null)
        and held_why <> '' and held_by <> '');

alter table job drop constraint job_state_check;
alter table job add constraint job_state_check check (state in (
    'waiting', 'running', 'held', 'done', 'set_aside'));
drop index one_open_read_job_per_page;
drop index one_open_understand_job_per_pli;
drop index one_open_deliver_job_per_delivery;
create unique index one_open_read_job_per_page on job (page_id)
    where state in ('waiting', 'running', 'held');
create unique index one_open_understand_job_per_pli on job (pli_id)
    where state in ('waiting', 'running', 'held');
create unique index one_open_deliver_job_per_delivery on job (delivery_id)
    where state in ('waiting', 'running', 'held');
create index job_held on job (lane) where state = 'held';

create or replace function arrow_is_drawn(subject text, from_state text, to_state text) returns boolean
language sql immutable parallel safe
as $$
    select (subject, from_state, to_state) in (
        ('lot', '', 'open'), ('lot', 'open', 'closed'), ('lot', 'closed', 'done'),

        ('page', '', 'captured'),
        ('page', 'captured', 'read'), ('page', 'captured', 'blank'),
        ('page', 'captured', 'void'), ('page', 'captured', 'set_aside'),
        ('page', 'read', 'captured'), ('page', 'blank', 'captured'),
        ('page', 'set_aside', 'captured'),
        ('page', 'captured', 'rescan_wanted'), ('page', 'read', 'rescan_wanted'),
        ('page', 'blank', 'rescan_wanted'), ('page', 'void', 'rescan_wanted'),
        ('page', 'set_aside', 'rescan_wanted'), ('page', 'rescan_wanted', 'replaced'),

        ('pli', '', 'captured'), ('pli', 'captured', 'read'), ('pli', 'read', 'understood'),
        ('pli', 'understood', 'to_verify'), ('pli', 'to_verify', 'verified'),
        ('pli', 'understood', 'delivering'), ('pli', 'verified', 'delivering'),
        ('pli', 'delivering', 'delivered'),
        ('pli', 'captured', 'set_aside'), ('pli', 'read', 'set_aside'),
        ('pli', 'understood', 'set_aside'), ('pli', 'to_verify', 'set_aside'),
        ('pli', 'verified', 'set_aside'), ('pli', 'delivering', 'set_aside'),
        ('pli', 'set_aside', 'captured'), ('pli', 'set_aside', 'understood'),
        ('pli', 'captured', 'superseded'), ('pli', 'read', 'superseded'),
        ('pli', 'understood', 'superseded'), ('pli', 'to_verify', 'superseded'),
        ('pli', 'verified', 'superseded'), ('pli', 'set_aside', 'superseded'),

        ('document', '', 'proposed'), ('document', 'proposed', 'confirmed'),
        ('document', 'confirmed', 'delivered'),
        ('document', 'proposed', 'superseded'), ('document', 'confirmed', 'superseded'),

        ('delivery', '', 'waiting'), ('delivery', 'waiting', 'sent'),
        ('delivery', 'sent', 'acknowledged'), ('delivery', 'sent', 'in_doubt'),
        ('delivery', 'in_doubt', 'acknowledged'), ('delivery', 'in_doubt', 'waiting'),
        ('delivery', 'waiting', 'refused'), ('delivery', 'sent', 'refused'),
        ('delivery', 'refused', 'waiting'),

        ('work_item', '', 'new'), ('work_item', 'new', 'claimed'),
        ('work_item', 'claimed', 'done'), ('work_item', 'claimed', 'new'),
        ('work_item', 'claimed', 'returned'), ('work_item', 'returned', 'new'),
        ('work_item', 'claimed', 'forwarded'), ('work_item', 'forwarded', 'new'),

        ('job', '', 'waiting'), ('job', 'waiting', 'running'), ('job', 'running', 'waiting'),
        ('job', 'running', 'done'), ('job', 'running', 'set_aside'),
        ('job', 'waiting', 'set_aside'), ('job', 'set_aside', 'waiting'),
        ('job', 'waiting', 'held'), ('job', 'running', 'held'), ('job', 'held', 'waiting'),
        ('job', 'held', 'set_aside')
    )
$$;

-- Whether a person stopped the lot, or the pli, of a job; it stays so until the transaction ends. Who
-- holds something waits for all who asked. Asked by roles that may not see a lot of mixed mail.
create function is_held(asked_lot bigint, asked_pli bigint) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    lot_is_held boolean;
    pli_is_held boolean;
begin
    select held_why is not null into lot_is_held from lot where lot_id = asked_lot for key share;
    select held_why is not null into pli_is_held from pli where pli_id = asked_pli for key share;
    return coalesce(lot_is_held, false) or coalesce(pli_is_held, false);
end
$$;

-- The pli that a job understands or delivers; null for what is the business of the whole lot.
create function pli_of_job(asked job) returns bigint
language sql stable
as $$
    select coalesce(asked.pli_id, (
        select document.pli_id from delivery join document using (document_id)
        where delivery.delivery_id = asked.delivery_id))
$$;

create or replace function give_place_to_job() returns trigger
language plpgsql
set enable_seqscan = off -- a plan made while there were few jobs is kept when there are many
set enable_bitmapscan = off
as $$
declare
    own_pli bigint := pli_of_job(new);
    received timestamptz;
    late interval;
    last_in_lane timestamptz;
begin
    select pli.lot_id, pli.received_at into new.lane, received
    from pli where pli.pli_id = coalesce(
        own_pli, (select page.pli_id from page where page.page_id = new.page_id));
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
    if is_held(new.lane, own_pli) then
        new.state := 'held';
    end if;
    return new;
end
$$;

-- What a worker gives back, or lost, is not worked on while a person holds it.
create function keep_job_held() returns trigger
language plpgsql
as $$
begin
    if is_held(new.lane, pli_of_job(new)) then
        new.state := 'held';
    end if;
    return new;
end
$$;
create trigger job_stays_held before update of state on job for each row
    when (old.state <> 'waiting' and new.state = 'waiting') execute function keep_job_held();

-- Stops a lot, with all its jobs: those in hand are taken away, but for deliveries, which find out
-- before the GED is called. Jobs that end just now are left, what follows of them is born held.
-- Gives how many jobs that were. The row is locked as nobody does who works: see is_held().
create function hold_lot(stopped_lot bigint, why text, who text) returns bigint
language plpgsql
as $$
declare
    caisse text;
    state_now text;
    jobs bigint;
begin
    select caisse_id, state into strict caisse, state_now from lot where lot_id = stopped_lot for update;
    update lot set held_why = without_nir(why), held_by = without_nir(who), held_at = now()
    where lot_id = stopped_lot;
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(caisse, 'lot', stopped_lot, state_now, state_now, 'held: ' || why);
    with free as (
        select job_id from job
        where state = 'waiting' and lane = stopped_lot
            or state = 'running' and lane = stopped_lot and kind <> 'deliver'
        for update skip locked
    )
    update job
    set state = 'held', worker = null, lease_until = null,
        attempt = attempt - case state when 'running' then 1 else 0 end
    from free where job.job_id = free.job_id;
    get diagnostics jobs = row_count;
    return jobs;
end
$$;

-- Stops a pli, with the jobs that understand or deliver it. As hold_lot.
create function hold_pli(stopped_pli bigint, why text, who text) returns bigint
language plpgsql
as $$
declare
    caisse text;
    state_now text;
    lane_of_pli bigint;
    jobs bigint;
begin
    select caisse_id, state, lot_id into strict caisse, state_now, lane_of_pli
    from pli where pli_id = stopped_pli for update;
    update pli set held_why = without_nir(why), held_by = without_nir(who), held_at = now()
    where pli_id = stopped_pli;
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(caisse, 'pli', stopped_pli, state_now, state_now, 'held: ' || why);
    with free as (
        select job_id from job
        where (state = 'waiting' and lane = lane_of_pli
                or state = 'running' and lane = lane_of_pli and kind <> 'deliver')
            and pli_of_job(job) = stopped_pli
        for update skip locked
    )
    update job
    set state = 'held', worker = null, lease_until = null,
        attempt = attempt - case state when 'running' then 1 else 0 end
    from free where job.job_id = free.job_id;
    get diagnostics jobs = row_count;
    return jobs;
end
$$;

-- Lets a lot go on; plis of it that are held themselves stay so. Gives how many jobs
-- wait again, or null when it was not held.
create function resume_lot(stopped_lot bigint, why text, who text) returns bigint
language plpgsql
as $$
declare
    caisse text;
    state_now text;
    jobs bigint;
begin
    -- Before the lot, as whoever sets a pli aside does.
    perform from job where lane = stopped_lot and state = 'held' order by job_id for update;
    select caisse_id, state into caisse, state_now
    from lot where lot_id = stopped_lot and held_why is not null for update;
    if not found then
        return null;
    end if;
    update lot set held_why = null, held_by = null, held_at = null where lot_id = stopped_lot;
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(
        caisse, 'lot', stopped_lot, state_now, state_now, 'goes on' || coalesce(': ' || nullif(why, ''), ''));
    with again as (
        update job set state = 'waiting' where lane = stopped_lot and state = 'held' returning state
    )
    select count(*) into jobs from again where state = 'waiting';
    return jobs;
end
$$;

-- Lets a pli go on; nothing of it does while its lot is held. As resume_lot.
create function resume_pli(stopped_pli bigint, why text, who text) returns bigint
language plpgsql
as $$
declare
    caisse text;
    state_now text;
    lane_of_pli bigint;
    jobs bigint;
begin
    select caisse_id, state, lot_id into strict caisse, state_now, lane_of_pli
    from pli where pli_id = stopped_pli for update;
    update pli set held_why = null, held_by = null, held_at = null where pli_id = stopped_pli;
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(
        caisse, 'pli', stopped_pli, state_now, state_now, 'goes on' || coalesce(': ' || nullif(why, ''), ''));
    with again as (
        update job set state = 'waiting'
        where lane = lane_of_pli and state = 'held' and pli_of_job(job) = stopped_pli
        returning state
    )
    select count(*) into jobs from again where state = 'waiting';
    return jobs;
end
$$;

-- A pli that is cut out of others is held when one of them is.
create function inherit_hold(new_pli bigint, of_pages bigint[]) returns void
language plpgsql
as $$
declare
    former pli;
    caisse text;
    state_now text;
begin
    for former in
        select * from pli
        where pli_id in (select page.pli_id from page where page_id = any (of_pages))
        order by pli_id
        for key share
    loop
        if former.held_why is not null then
            update pli
            set held_why = former.held_why, held_by = former.held_by, held_at = former.held_at
            where pli_id = new_pli
            returning caisse_id, state into caisse, state_now;
            perform write_event(
                caisse, 'pli', new_pli, state_now, state_now,
                'held as pli ' || former.pli_id || ' by ' || former.held_by || ': ' || former.held_why);
            return;
        end if;
    end loop;
end
$$;

create or replace function stop_pli(stopped_pli bigint, why text) returns void
language plpgsql
as $$
declare
    there text;
begin
    perform from pli where pli_id = stopped_pli for no key update;
    with idle as (
        select job.job_id, job.delivery_id
        from job join delivery using (delivery_id) join document using (document_id)
        where document.pli_id = stopped_pli
            and delivery.state = 'waiting' and job.state in ('waiting', 'held')
        for no key update of job skip locked
    ),
    stopped as (
        update delivery set state = 'refused', reason = 'stopped with its pli: ' || why
        from idle where delivery.delivery_id = idle.delivery_id
    )
    update job set state = 'set_aside', reason = 'stopped with its pli: ' || why
    from idle where job.job_id = idle.job_id;
    select string_agg('document ' || position || ' (' || type || ')', ', ' order by position)
    into there
    from document where pli_id = stopped_pli and state = 'delivered';
    perform set_aside_pli(stopped_pli, why || coalesce('. In the GED already: ' || there, ''));
end
$$;
