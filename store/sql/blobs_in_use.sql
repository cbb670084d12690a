-- blobs_in_use($1 names of blobs): those that a row refers to, or that an event of the audit chain
-- brought: replaced readings stay provable. One pass over each table, whatever the number of names.
with candidate as materialized (select unnest($1::text[]) as name)
select candidate.name from candidate join lot_file on sha256 = candidate.name
union
select candidate.name from candidate join page_reading on image_sha256 = candidate.name
union
select candidate.name from candidate join page_reading on preview_sha256 = candidate.name
union
select candidate.name from candidate join document on pdf_sha256 = candidate.name
union
select candidate.name from candidate join document on index_sha256 = candidate.name
union
select candidate.name from candidate join (select unnest(blobs) as blob from sealed_event) sealed on blob = candidate.name
