-- set_aside_pli($1 pli, $2 reason): and its lot is done when it was the last.
select set_aside_pli($1, $2)
