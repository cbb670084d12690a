-- try_seal_lock(): whether this transaction may seal: one at a time; let go of when it ends. chosen:
-- the number is "seal" in ASCII.
select pg_try_advisory_xact_lock(1936023916) as ours
