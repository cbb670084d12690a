-- How many plis, pages, documents and work items are in which state, by caisse and day of receipt: what
-- is asked every few seconds may not count a year of mail. Moves are written down beside each other,
-- so that nobody waits for somebody else's commit, and added up every second (store/counters.h); who
-- asks adds what is not added up yet.
create table counter (
    caisse_id text not null references caisse,
    day date not null,
    what text not null check (what in ('pli', 'page', 'document', 'work_item')),
    state text not null check (state <> ''),
    number bigint not null,
    primary key (caisse_id, day, what, state)
);

-- Empty: it came into being, or from or to another caisse.
create table counter_change (
    caisse_id text not null,
    day date not null,
    what text not null,
    from_state text not null,
    to_state text not null
);
alter table counter_change set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000,
    autovacuum_vacuum_cost_delay = 0);

-- Nothing moves between the first count and the first trigger.
lock table pli, page, document, work_item in share row exclusive mode;
insert into counter (caisse_id, day, what, state, number)
select caisse_id, received_on, 'pli', state, count(*) from pli group by 1, 2, 4
union all
select page.caisse_id, received_on, 'page', page.state, count(*)
from page join pli using (pli_id) group by 1, 2, 4
union all
select document.caisse_id, received_on, 'document', document.state, count(*)
from document join pli using (pli_id) group by 1, 2, 4
union all
select work_item.caisse_id, received_on, 'work_item', work_item.state, count(*)
from work_item join document using (document_id) join pli using (pli_id) group by 1, 2, 4;

-- With the rights of the owner: a move between caisses is written down for both.
create function count_move() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    received date;
begin
    case tg_table_name
        when 'pli' then
            received := new.received_on;
        when 'work_item' then
            select pli.received_on into strict received
            from document join pli using (pli_id) where document.document_id = new.document_id;
        else
            select pli.received_on into strict received from pli where pli.pli_id = new.pli_id;
    end case;
    if tg_op = 'INSERT' then
        insert into counter_change values (new.caisse_id, received, tg_table_name, '', new.state);
    elsif old.caisse_id = new.caisse_id then
        insert into counter_change
        values (new.caisse_id, received, tg_table_name, old.state, new.state);
    else
        insert into counter_change
        values (old.caisse_id, received, tg_table_name, old.state, ''),
            (new.caisse_id, received, tg_table_name, '', new.state);
    end if;
    return null;
end
$$;
do $$
declare
    counted text;
begin
    foreach counted in array array['pli', 'page', 'document', 'work_item'] loop
        execute format(
            'create trigger %1$s_counted after insert on %1$I '
            'for each row execute function count_move()', counted);
        execute format(
            'create trigger %1$s_counted_anew after update of state, caisse_id on %1$I for each row '
            'when (old.state <> new.state or old.caisse_id <> new.caisse_id) '
            'execute function count_move()', counted);
    end loop;
end
$$;

do $$
declare
    counting text;
begin
    foreach counting in array array['counter', 'counter_change'] loop
        execute format('alter table %I enable row level security', counting);
        execute format('alter table %I force row level security', counting);
        execute format(
            'create policy owner_sees_all on %I to current_user using (true) with check (true)',
            counting);
        execute format(
            'create policy caisse_of_the_transaction on %I to pleiade_web, pleiade_worker '
            'using (caisse_id = any (string_to_array(current_setting(''pleiade.caisses'', true), '',''))) '
            'with check (caisse_id = any (string_to_array(current_setting(''pleiade.caisses'', true), '','')))',
            counting);
        execute format('grant select on %I to pleiade_web', counting);
    end loop;
end
$$;
