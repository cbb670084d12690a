-- claim_jobs($1 worker, $2 kinds, $3 lease in seconds, $4 caisses to which nothing is delivered now,
-- $5 most): the due jobs that are wanted most, first things first, and what they are about.
select * from claim_jobs($1, $2::text[], $3::bigint, $4::text[], $5::bigint)
