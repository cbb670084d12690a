-- tell_of_truth($1 pli, $2 sentence, $3 who): an event of the pli, which stays in its state.
select write_event(caisse_id, 'pli', pli_id, state, state, $2)
from pli, set_config('pleiade.actor', without_nir($3), true)
where pli_id = $1
