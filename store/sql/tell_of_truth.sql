-- tell_of_truth($1 pli, $2 sentence, $3 who): an event of the pli, which stays in its state.
select tell_of_truth($1, $2, $3)
