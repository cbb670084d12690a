-- finish_reads($1 jobs, $2 fences, $3 states of their pages, $4 separators or empty, $5 readings,
-- $6 confidences, $7 images, $8 codings, $9 widths, $10 heights, $11 channels, $12 dpis, $13 previews):
-- pages of one worker, read. Gives the jobs that went through: of the others the lease was lost.
select finish_reads($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::real[],
    $7::text[], $8::text[], $9::integer[], $10::integer[], $11::integer[], $12::integer[], $13::text[]
) as job_id
