-- hold_pli($1 pli, $2 why, $3 who): gives how many jobs were stopped.
select hold_pli($1, $2, $3) as jobs
