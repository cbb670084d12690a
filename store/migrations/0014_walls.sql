-- The walls between caisses, mended where a test of every table found a way around.

-- A worker claims jobs of all caisses: it sees them and moves them along. It queues none for another
-- caisse, and neither whose a job is nor what it is about ever changes in its hands.
drop policy worker_claims_for_all on job;
create policy worker_sees_all on job for select to pleiade_worker using (true);
create policy worker_claims_for_all on job for update to pleiade_worker using (true);
revoke update on job from pleiade_worker;
grant update (
    state, due_at, attempt, crashes, losses, worker, fence, lease_until, reason, turn
) on job to pleiade_worker;

-- What is never changed is granted to nobody. Workers take no mail in, or the keys of another caisse
-- would refuse theirs, and keep no accounts.
revoke update on event, truth, truth_page, truth_field from pleiade_worker;
revoke insert on lot, lot_file, page, machine_count from pleiade_worker;
revoke insert, update on user_account from pleiade_worker;

-- Whether a person stopped a lot of any caisse.
revoke execute on function is_held from public;
grant execute on function is_held to pleiade_worker;

-- Whoever is not the owner stands before the wall, under whatever name the session began.
create or replace function tell_of_truth(told_pli bigint, sentence text, who text) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    asks text := coalesce(nullif(current_setting('role', true), 'none'), session_user);
    by_caisse boolean := not pg_has_role(asks, current_user, 'usage');
begin
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(caisse_id, 'pli', pli_id, state, state, sentence)
    from pli
    where pli_id = told_pli and (not by_caisse or caisse_is_visible(caisse_id));
end
$$;
