-- job_is_held($1 lot, $2 pli): whether a person stopped one of them; stays so until the transaction ends.
select is_held($1, $2) as held
