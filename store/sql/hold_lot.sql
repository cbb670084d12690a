-- hold_lot($1 lot, $2 why, $3 who): gives how many jobs were stopped.
select hold_lot($1, $2, $3) as jobs
