-- A page that came before is looked for by what was filled in on it, caisse by caisse and the latest
-- first: under the lock of a caisse nothing may be asked that grows with all its mail.
drop index page_print_by_band;
alter table page_print drop column bands;

-- What a page is looked for by: core/facts.h. Of prints made before this none is known.
create table page_band (
    caisse_id text not null,
    band integer not null,
    received_on date not null,
    page_id bigint not null,
    primary key (caisse_id, band, received_on, page_id),
    foreign key (page_id, caisse_id) references page (page_id, caisse_id) on update cascade
);
create index page_band_by_page on page_band (page_id);

-- The latest copies of a file first.
drop index lot_file_by_bytes;
create index lot_file_by_bytes on lot_file (sha256, lot_file_id);

alter table page_band enable row level security;
alter table page_band force row level security;
create policy owner_sees_all on page_band to current_user using (true) with check (true);
create policy caisse_of_the_transaction on page_band to pleiade_web, pleiade_worker
    using (caisse_is_visible(caisse_id)) with check (caisse_is_visible(caisse_id));
grant select on page_band to pleiade_web;
grant select, insert, update, delete on page_band to pleiade_worker;

-- A name may be longer than what a page of an ordered index holds; it is only asked for as a whole.
drop index pli_by_name;
create index pli_by_name on pli using hash (name);

-- An event that somebody said what a document is; its pli stays in its state. The web station may
-- write no other event.
create function tell_of_truth(told_pli bigint, sentence text, who text) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    by_caisse boolean := exists (
        select from unnest(array['pleiade_web', 'pleiade_worker']) login_role
        where login_role in (session_user, current_setting('role', true)));
begin
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(caisse_id, 'pli', pli_id, state, state, sentence)
    from pli
    where pli_id = told_pli and (not by_caisse or caisse_is_visible(caisse_id));
end
$$;
revoke execute on function tell_of_truth from public;
grant execute on function tell_of_truth to pleiade_web, pleiade_worker;
grant update (chosen_at) on sample to pleiade_web; -- to lock one while it is keyed
