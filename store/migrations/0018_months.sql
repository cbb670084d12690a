-- Events lie in a table for each month: they come and stay by the million.
alter table event rename to event_before_months;
alter sequence event_event_id_seq rename to event_before_months_event_id_seq;
alter table event_before_months rename constraint event_pkey to event_before_months_pkey;
alter table event_before_months drop constraint event_caisse_id_fkey;
drop index event_by_subject, event_by_caisse, event_by_transaction;

create table event (
    event_id bigint generated always as identity,
    happened_at timestamptz not null default clock_timestamp(),
    caisse_id text not null references caisse,
    subject text not null,
    subject_id bigint not null,
    from_state text not null,
    to_state text not null,
    reason text,
    actor text not null,
    written_by xid8 not null default pg_current_xact_id(),
    primary key (event_id, happened_at)
) partition by range (happened_at);
create index event_by_subject on event (subject, subject_id);
create index event_by_caisse on event (caisse_id, happened_at);
create index event_by_transaction on event (written_by);
create table event_of_other_months partition of event default;

alter table event enable row level security;
alter table event force row level security;
create policy owner_sees_all on event to current_user using (true) with check (true);
create policy caisse_of_the_transaction on event to pleiade_web, pleiade_worker
    using (caisse_id = any (string_to_array(current_setting('pleiade.caisses', true), ',')))
    with check (caisse_id = any (string_to_array(current_setting('pleiade.caisses', true), ',')));
grant select on event to pleiade_web;
grant select on event to pleiade_worker;

-- Makes the months of events there are not yet, from `since`, ten years back at most, to some months
-- ahead; whatever else comes lies in event_of_other_months, and so does a month that began there.
create function make_months(since timestamptz) returns void
language plpgsql
set lock_timeout = '2s' -- chosen: whoever waits for the table keeps all others waiting behind
as $$
declare
    month timestamp;
    part text;
    bounds text;
begin
    for month in
        select generate_series(
            date_trunc('month', greatest(since, now() - interval '10 years') at time zone 'UTC'),
            date_trunc('month', now() at time zone 'UTC') + interval '3 months', interval '1 month')
    loop
        part := 'event_' || to_char(month, 'YYYY_MM');
        continue when to_regclass(part) is not null or exists (
            select from event_of_other_months
            where happened_at >= month at time zone 'UTC'
                and happened_at < (month + interval '1 month') at time zone 'UTC');
        bounds := format('from (%L) to (%L)', month || '+00', month + interval '1 month' || '+00');
        execute format('create table %I partition of event for values %s', part, bounds);
        perform guard_month(part);
    end loop;
exception
    when lock_not_available then
        return; -- months are made ahead: the next start tries again
end
$$;

-- Whoever goes past the table they are part of finds the same walls.
create function guard_month(part text) returns void
language plpgsql
as $$
begin
    execute format(
        'create trigger event_is_never_emptied before truncate on %I '
        'for each statement execute function refuse_change()', part);
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format(
        'create policy owner_sees_all on %I to current_user using (true) with check (true)', part);
end
$$;

select guard_month('event_of_other_months');
select make_months(coalesce(min(happened_at), now())) from event_before_months;
insert into event overriding system value select * from event_before_months;
select setval(pg_get_serial_sequence('event', 'event_id'), coalesce(max(event_id), 1), max(event_id) is not null)
from event;
drop table event_before_months;

create trigger event_is_never_changed before update or delete on event
    for each row execute function refuse_change();
create trigger event_is_never_emptied before truncate on event
    for each statement execute function refuse_change();

-- Numbers and times of events are given by the database alone: a number that comes twice would stop the
-- sealing of all chains.
grant insert (caisse_id, subject, subject_id, from_state, to_state, reason, actor)
    on event to pleiade_worker;

-- With the rights of the owner, and for their own tables only: whoever may call one may hang it on a
-- table of theirs.
revoke execute on function count_move, give_place_to_job, keep_job_held from public;
