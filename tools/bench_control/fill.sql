-- A year of the largest PFE, without its images: :documents documents of people nobody ever met, delivered, in corbeilles, most of them done.
-- For a migrated, empty database and its owner, who must be superuser: row triggers and foreign keys rest meanwhile, and what they would have
-- made (events, counters) is made here. What it leaves: as after real work; smaller are readings (a line instead of a page) and events
-- (the births and ends only). Ids begin at 1; caisses are those of samples/. :waiting plis have a job that waits.
\set ON_ERROR_STOP on
\set plis '(' :documents ' * 10 / 16)'
\set lots '(' :documents ' / 160 + 1)'
set session_replication_role = replica;
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set work_mem = '128MB';
set timezone = 'Europe/Paris';

create function pg_temp.caisse_of(lot bigint) returns text language sql immutable as $$ select (array['041', '051', '061', '111', '121', '131', '201', '202', '301', '342', '481', '661', '831', '841'])[1 + lot % 14] $$;
create function pg_temp.sha(what text, n bigint) returns text language sql immutable as $$ select encode(sha256((what || n)::bytea), 'hex') $$;
-- Source: the key is 97 - n mod 97. Two and a half million people, born 1930 to 2004.
create function pg_temp.nir(n bigint) returns text language sql immutable as $$
    select body || lpad((97 - body::bigint % 97)::text, 2, '0')
    from (select (1 + n % 2)::text || lpad((30 + n / 7 % 75)::text, 2, '0') || lpad((1 + n / 3 % 12)::text, 2, '0') || lpad((1 + n / 11 % 95)::text, 2, '0')
        || lpad((n / 2500 % 1000)::text, 3, '0') || lpad((n % 1000)::text, 3, '0') as body) person
$$;

select make_months(timestamptz '2025-03-01');

-- Keys that follow the order of filling stay, others are made when all is there.
create temp table rested as
select indexrelid::regclass::text as name, replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') as definition
from pg_index join pg_class on pg_class.oid = indrelid
where relnamespace = 'public'::regnamespace and not indisprimary and not relispartition -- parts follow the whole
    and not exists (select from pg_constraint where conindid = indexrelid);
select format('drop index %s', name) from rested \gexec

insert into caisse select distinct pg_temp.caisse_of(n), 'Caisse ' || pg_temp.caisse_of(n) from generate_series(0, 13) n on conflict do nothing;

insert into lot (lot_id, caisse_id, source, label, channel, received_at, state, expected_files)
overriding system value
select n, pg_temp.caisse_of(n), '/filled/' || n, 'lot-' || n, 'post',
    timestamptz '2025-03-17 08:00' + (n * 365 / :lots) * interval '1 day' + n % 600 * interval '1 minute', 'done', 100
from generate_series(1, :lots) n;

insert into pli (pli_id, caisse_id, lot_id, name, channel, received_at, state, decision, facts, verify_reasons, reason)
overriding system value
select n, lot.caisse_id, lot.lot_id, 'lot-' || lot.lot_id || '/' || lpad((n % 100)::text, 4, '0'), 'post', lot.received_at,
    case when n % 5000 = 0 then 'to_verify' when n % 50000 = 1 then 'set_aside' else 'delivered' end, '{"documents":[]}', '{}',
    case when n % 5000 = 0 then array['signature absente'] else '{}' end, case when n % 50000 = 1 then 'illisible' end
from generate_series(1, :plis) n join lot on lot.lot_id = 1 + (n - 1) / 100;

insert into lot_file (lot_file_id, caisse_id, lot_id, source, pli_id, name, sha256, bytes, pages)
overriding system value
select pli_id, caisse_id, lot_id, '/filled/' || lot_id, pli_id, lpad((pli_id % 100)::text, 4, '0') || '.tif', pg_temp.sha('file', pli_id), 60000, 2
from pli;

insert into page (page_id, caisse_id, pli_id, page_index, lot_file_id, file_index, state)
overriding system value
select 2 * pli_id - 1 + side, caisse_id, pli_id, side, pli_id, side, case side when 0 then 'read' else 'blank' end
from pli cross join generate_series(0, 1) side order by 1;

insert into page_reading (page_id, caisse_id, reading, confidence, image_sha256, image_coding, image_width_px, image_height_px, image_channels,
    image_dpi, preview_sha256)
select page_id, caisse_id, '{"blank":false}', 0.9, pg_temp.sha('image', page_id), 'ccitt4', 2480, 3508, 1, 300, pg_temp.sha('preview', page_id)
from page where state = 'read';

-- Every pli has a master document, three of five have an attachment too.
insert into document (document_id, caisse_id, pli_id, position, type, confidence, decided_by, service, corbeille, priority, deadline_days, clear_days,
    pdf_sha256, state, due_on, index_sha256)
overriding system value
select n, pli.caisse_id, pli.pli_id, case when n <= :plis then 1 else 2 end,
    (array['AAT', 'FSP', 'AS-MAL', 'PMT', 'LIBRE', 'RECL', 'CM-AT'])[1 + n % 7], 0.99, 'auto', 'PRESTATIONS', 'C' || n % 12, 1 + n % 9, 15, false,
    pg_temp.sha('pdf', n), case pli.state when 'delivered' then 'delivered' else 'proposed' end, pli.received_on + 15, pg_temp.sha('index', n)
from generate_series(1, :documents) n join pli on pli.pli_id = case when n <= :plis then n else 1 + (n - :plis - 1) * 16 / 10 end;

insert into document_page (document_id, page_id, caisse_id, position)
select document_id, 2 * pli_id - 1, caisse_id, 0 from document;

insert into document_field (document_id, position, caisse_id, name, value, confidence, page_index, x0, y0, x1, y1)
select document_id, place, caisse_id, case place when 0 then 'nir' else 'received_date' end,
    case place when 0 then pg_temp.nir(document_id * 7919 % 2500000) else '2025-03-17' end, 0.98, 0, 10, 10, 500, 60
from document cross join generate_series(0, 1) place;

insert into document_key (document_id, kind, key, caisse_id)
select document_id, 'person', pg_temp.nir(document_id * 7919 % 2500000), caisse_id from document;

insert into delivery (delivery_id, caisse_id, document_id, connector, idempotency_key, state, receipt_sha256, receipt_location, receipt_at)
overriding system value
select document_id, caisse_id, document_id, 'folder', caisse_id || '-' || pli_id || '-' || position, 'acknowledged', pdf_sha256,
    caisse_id || '/' || due_on || '/' || document_id || '.pdf', timestamptz '2025-03-18'
from document where state = 'delivered';

insert into work_item (work_item_id, caisse_id, document_id, corbeille, service, priority, due_on, state)
overriding system value
select document_id, caisse_id, document_id, corbeille, service, priority, due_on, case when document_id % 200 = 0 then 'new' else 'done' end
from document where state = 'delivered';

insert into job (job_id, kind, caisse_id, page_id, pli_id, delivery_id, state, attempt, fence, lane, wanted_at, turn)
overriding system value
select row_number() over (), kind, caisse_id, page_id, pli_id, delivery_id, 'done', 1, 1, lane, timestamptz '2025-03-17', row_number() over () / 14.0
from (
    select 'read' as kind, page.caisse_id, page_id, null::bigint as pli_id, null::bigint as delivery_id, pli.lot_id as lane
    from page join pli using (pli_id)
    union all select 'understand', caisse_id, null, pli_id, null, lot_id from pli
    union all select 'deliver', document.caisse_id, null, null, document_id, pli.lot_id from document join pli using (pli_id)
        where document.state = 'delivered'
) done;
-- What lies there in the morning.
insert into job (job_id, kind, caisse_id, pli_id, state, lane, wanted_at)
overriding system value
select (select max(job_id) from job) + row_number() over (order by pli_id), 'understand', caisse_id, pli_id, 'waiting', lot_id,
    now() - interval '1 hour' + pli_id * interval '1 microsecond'
from pli where pli_id % greatest(1, :plis / greatest(1, :waiting)) = 0 limit :waiting;

insert into event (happened_at, caisse_id, subject, subject_id, from_state, to_state, actor)
select received_at, caisse_id, 'pli', pli_id, '', 'captured', 'fill' from pli order by pli_id;
insert into event (happened_at, caisse_id, subject, subject_id, from_state, to_state, actor)
select received_at + interval '3 hours', caisse_id, 'pli', pli_id, 'delivering', 'delivered', 'fill' from pli where state = 'delivered' order by pli_id;
insert into event (happened_at, caisse_id, subject, subject_id, from_state, to_state, actor)
select receipt_at, caisse_id, 'delivery', delivery_id, 'sent', 'acknowledged', 'fill' from delivery order by delivery_id;

insert into counter (caisse_id, day, what, state, number)
select caisse_id, received_on, 'pli', state, count(*) from pli group by 1, 2, 4
union all select page.caisse_id, received_on, 'page', page.state, count(*) from page join pli using (pli_id) group by 1, 2, 4
union all select document.caisse_id, received_on, 'document', document.state, count(*) from document join pli using (pli_id) group by 1, 2, 4
union all select work_item.caisse_id, received_on, 'work_item', work_item.state, count(*)
from work_item join document using (document_id) join pli using (pli_id) group by 1, 2, 4;

select definition from rested \gexec
select format('select setval(%L, (select coalesce(max(%I), 1) from %I))', pg_get_serial_sequence(table_name, column_name), column_name, table_name)
from information_schema.columns where table_schema = 'public' and is_identity = 'YES' \gexec
-- Sealed up to here: a year of events is another proof.
update sealing set sealed_below = pg_current_xact_id();
vacuum (analyze);
