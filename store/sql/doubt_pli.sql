-- doubt_pli($1 pli, $2 doubt): a reason to verify it, whatever its understanding will say.
update pli set doubts = doubts || without_nir($2::text)
where pli_id = $1 and without_nir($2::text) <> all (doubts)
