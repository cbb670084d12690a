-- inherit_hold($1 new pli, $2 pages that it will get): held when one of the plis they come from is.
select inherit_hold($1, $2::bigint[])
