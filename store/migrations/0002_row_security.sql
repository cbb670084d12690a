
-- Row-level security. Two login roles without BYPASSRLS see the mail of the caisses that the
-- transaction named: set local pleiade.caisses = '061,201'. A worker sees jobs of all caisses, to
-- claim them. Without the setting they see nothing. Who owns the tables sees everything.
create function caisse_is_visible(caisse text) returns boolean
language sql stable parallel safe
as $$
    select caisse = any (string_to_array(current_setting('pleiade.caisses', true), ','))
$$;

do $$
declare
    login_role text;
    mail_table text;
begin
    foreach login_role in array array['pleiade_web', 'pleiade_worker'] loop
        if not exists (select from pg_roles where rolname = login_role) then
            execute format('create role %I login nosuperuser nobypassrls', login_role);
        end if;
        execute format('grant select on caisse to %I', login_role);
    end loop;
    foreach mail_table in array array[
        'user_account', 'lot', 'pli', 'lot_file', 'page', 'page_reading', 'document',
        'document_page', 'document_field', 'delivery', 'work_item', 'job', 'machine_count', 'event']
    loop
        execute format('alter table %I enable row level security', mail_table);
        execute format('alter table %I force row level security', mail_table);
        execute format(
            'create policy owner_sees_all on %I to current_user using (true) with check (true)',
            mail_table);
        execute format(
            'create policy caisse_of_the_transaction on %I to pleiade_web, pleiade_worker '
            'using (caisse_is_visible(caisse_id)) with check (caisse_is_visible(caisse_id))',
            mail_table);
        execute format('grant select on %I to pleiade_web', mail_table);
        execute format('grant select, insert, update on %I to pleiade_worker', mail_table);
    end loop;
end
$$;
create policy worker_claims_for_all on job to pleiade_worker using (true) with check (true);
