-- Workers under the role pleiade_worker: what they need to see, and to have done, of lots that hold mail
-- of several caisses.

alter function give_place_to_job security definer;
alter function give_place_to_job set search_path = public, pg_temp;
alter function keep_job_held security definer;
alter function keep_job_held set search_path = public, pg_temp;

-- What is called with every move keeps its plan, and policies say themselves what is visible: a function
-- in SQL would be parsed anew for every table of every statement.
create or replace function write_event(
    caisse text, what text, what_id bigint, came_from text, goes_to text, why text
) returns void
language plpgsql
as $$
begin
    insert into event (caisse_id, subject, subject_id, from_state, to_state, reason, actor)
    values (
        caisse, what, what_id, came_from, goes_to, without_nir(why),
        coalesce(nullif(current_setting('pleiade.actor', true), ''), session_user));
end
$$;

do $$
declare
    mail_table text;
begin
    for mail_table in
        select tablename from pg_policies
        where schemaname = 'public' and policyname = 'caisse_of_the_transaction'
    loop
        execute format(
            'alter policy caisse_of_the_transaction on %I '
            'using (caisse_id = any (string_to_array(current_setting(''pleiade.caisses'', true), '',''))) '
            'with check (caisse_id = any (string_to_array(current_setting(''pleiade.caisses'', true), '','')))',
            mail_table);
    end loop;
end
$$;

-- For functions with the rights of the owner: whether whoever asked sees something of the lot. The owner
-- sees everything.
create function asker_has_mail_in(asked_lot bigint) returns boolean
language sql stable
as $$
    select pg_has_role(
            coalesce(nullif(current_setting('role', true), 'none'), session_user), current_user, 'usage')
        or exists (select from lot where lot_id = asked_lot and caisse_is_visible(caisse_id))
        or exists (select from pli where lot_id = asked_lot and caisse_is_visible(caisse_id))
$$;

-- The caisses that have a pli in the lot that a job splits, comma between them. Null for whoever does
-- not hold that job.
create function caisses_of_split(asked_job bigint, asked_fence bigint) returns text
language sql stable security definer set search_path = public, pg_temp
as $$
    select string_agg(distinct pli.caisse_id, ',')
    from job join pli using (lot_id)
    where job.job_id = asked_job and job.fence = asked_fence
$$;

-- As caisses_of_split; until the transaction ends no pli of the lot goes to another caisse, where the
-- split would not see it.
create function lock_caisses_of_split(asked_job bigint, asked_fence bigint) returns text
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    perform from job join pli using (lot_id)
    where job.job_id = asked_job and job.fence = asked_fence
    order by pli.pli_id
    for key share of pli;
    return caisses_of_split(asked_job, asked_fence);
end
$$;

-- Queues the split of a lot when it is closed and no page of it is unsettled. The lot row is locked
-- first, so that of two last pages settled at once the second sees the first. Whoever settles a page
-- may not see them all: a lot holds plis of several caisses.
create or replace function queue_split_when_settled(settled_lot bigint) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    closed_lot lot;
begin
    select * into closed_lot from lot where lot_id = settled_lot for no key update;
    if not found
        or closed_lot.state <> 'closed'
        or exists (select from job where lot_id = settled_lot)
        or exists (
            select from page join pli using (pli_id)
            where pli.lot_id = settled_lot and page.state in ('captured', 'rescan_wanted'))
        or not asker_has_mail_in(settled_lot)
    then
        return;
    end if;
    insert into job (kind, caisse_id, lot_id, priority)
    values ('split', closed_lot.caisse_id, settled_lot, 3);
end
$$;

-- A lot is done when every pli of it is delivered, superseded or set aside. Whoever settles a pli may
-- not see them all.
create or replace function close_lot_when_settled(settled_lot bigint) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    state_now text;
begin
    select state into state_now from lot where lot_id = settled_lot for no key update;
    if state_now = 'closed'
        and not exists (
            select from pli where lot_id = settled_lot
            and state not in ('delivered', 'superseded', 'set_aside'))
        and asker_has_mail_in(settled_lot)
    then
        update lot set state = 'done' where lot_id = settled_lot;
    end if;
end
$$;

-- A file, and a lot, may hold mail of several caisses: it stays with the one it came for, and whoever
-- sees a page of the file sees its name, a worker who sees a pli of the lot its label. A subquery with a
-- limit, for an "exists" may be planned as a look at all pages there are.
create policy seen_with_its_pages on lot_file for select to pleiade_web, pleiade_worker
    using ((select true from page where page.lot_file_id = lot_file.lot_file_id limit 1));
create policy seen_with_its_plis on lot for select to pleiade_worker
    using ((select true from pli where pli.lot_id = lot.lot_id limit 1));

-- What a worker does about lots that it may not see the whole of.
revoke execute on function queue_split_when_settled, close_lot_when_settled, caisses_of_split,
    lock_caisses_of_split from public;
grant execute on function queue_split_when_settled, close_lot_when_settled, caisses_of_split,
    lock_caisses_of_split to pleiade_worker;

-- The owner works under the role pleiade_worker, and so may whoever is a member of it only.
do $$
begin
    if not pg_has_role('pleiade_worker', 'member') then
        grant pleiade_worker to current_user;
    end if;
    if to_regclass('schema_version') is not null then
        grant select on schema_version to pleiade_worker;
    end if;
end
$$;
