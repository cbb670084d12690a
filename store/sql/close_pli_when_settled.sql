-- close_pli_when_settled($1 pli): delivering -> delivered, when its last document is; then its lot.
select close_pli_when_settled($1)
