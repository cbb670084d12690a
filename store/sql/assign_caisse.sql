-- assign_caisse($1 pli, $2 caisse): the pli with everything in it.
select assign_caisse($1, $2)
