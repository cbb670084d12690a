-- resume_pli($1 pli, $2 why or empty, $3 who): gives how many jobs wait again.
select resume_pli($1, $2, $3) as jobs
