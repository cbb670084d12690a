-- share_unsorted_mail(): nobody decides about mail without a caisse until the transaction ends; it
-- is looked at with the mail of every caisse. The number: lock_mail_of_caisse.sql.
select pg_advisory_xact_lock_shared(1835100524, 0)
