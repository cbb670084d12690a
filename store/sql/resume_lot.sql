-- resume_lot($1 lot, $2 why or empty, $3 who): gives how many jobs wait again.
select resume_lot($1, $2, $3) as jobs
