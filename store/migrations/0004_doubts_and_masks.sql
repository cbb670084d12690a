-- What is known of a lot before it is closed, what was odd about it, and doubts about a pli that are
-- older than its understanding. Reasons are masked wherever they stand. A pli on its way to the GED
-- keeps its caisse.

alter table lot
    add column announced text[] not null default '{}',
    add column complaints text[] not null default '{}';
alter table pli add column doubts text[] not null default '{}';

-- What could not be read may be quoted in a reason, and reasons are read by people of all services.
create function mask_reason() returns trigger
language plpgsql
as $$
begin
    new.reason := without_nir(new.reason);
    return new;
end
$$;
create trigger page_reason_is_masked before insert or update of reason on page for each row
    when (new.reason is not null) execute function mask_reason();
create trigger pli_reason_is_masked before insert or update of reason on pli for each row
    when (new.reason is not null) execute function mask_reason();
create trigger delivery_reason_is_masked before insert or update of reason on delivery for each row
    when (new.reason is not null) execute function mask_reason();
create trigger work_item_reason_is_masked before insert or update of reason on work_item
    for each row when (new.reason is not null) execute function mask_reason();
create trigger job_reason_is_masked before insert or update of reason on job for each row
    when (new.reason is not null) execute function mask_reason();

-- Gives a pli to another caisse, with everything in it: foreign keys carry pages, readings, documents,
-- deliveries, work items and jobs along. An event for both caisses. Not once its documents are on their
-- way: they lie in the GED of the old caisse.
create or replace function assign_caisse(moved_pli bigint, new_caisse text) returns void
language plpgsql
as $$
declare
    old_caisse text;
    state_now text;
begin
    select caisse_id, state into strict old_caisse, state_now
    from pli where pli_id = moved_pli for update;
    if old_caisse = new_caisse then
        return;
    end if;
    if state_now in ('delivering', 'delivered') then
        raise exception 'pli % is % and stays with caisse %', moved_pli, state_now, old_caisse
            using errcode = 'check_violation', constraint = 'pli_on_its_way_keeps_its_caisse';
    end if;
    update pli set caisse_id = new_caisse where pli_id = moved_pli;
    perform write_event(
        old_caisse, 'pli', moved_pli, state_now, state_now, 'given to caisse ' || new_caisse);
    perform write_event(
        new_caisse, 'pli', moved_pli, state_now, state_now, 'came from caisse ' || old_caisse);
end
$$;
