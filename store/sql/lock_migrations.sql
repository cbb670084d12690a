-- lock_migrations(): one migration at a time; let go of when the transaction ends. chosen: the
-- number is "plei" in ASCII.
select pg_advisory_xact_lock(1886152041)
