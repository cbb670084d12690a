-- stop_pli($1 pli, $2 reason): sets it aside, and what of it was not sent yet is not delivered.
select stop_pli($1, $2)
