-- lock_mail_of_caisse($1 caisse): of two transactions that decide about its mail, the second waits
-- for the first, and then sees what that one wrote. chosen: the first number is "mail" in ASCII.
select pg_advisory_xact_lock(1835100524, $1::integer)
