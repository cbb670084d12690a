-- upsert_reading($1 page, $2 reading, $3 confidence, $4 image, $5 coding, $6 width, $7 height,
-- $8 channels, $9 dpi, $10 preview): the last reading of a page.
insert into page_reading (page_id, caisse_id, reading, confidence, image_sha256, image_coding,
    image_width_px, image_height_px, image_channels, image_dpi, preview_sha256)
select page_id, caisse_id, $2::jsonb, $3::real, $4, $5, $6::integer, $7::integer, $8::integer,
    $9::integer, $10
from page where page_id = $1
on conflict (page_id) do update
set reading = excluded.reading, confidence = excluded.confidence,
    image_sha256 = excluded.image_sha256, image_coding = excluded.image_coding,
    image_width_px = excluded.image_width_px, image_height_px = excluded.image_height_px,
    image_channels = excluded.image_channels, image_dpi = excluded.image_dpi,
    preview_sha256 = excluded.preview_sha256, read_at = now()
