-- The database of Pleiade, as it is. The path to it: migrations/. A test asserts that both give the
-- same database.
--
-- Every row of mail carries caisse_id, and foreign keys carry it along ON UPDATE CASCADE, so that no
-- row can belong to another caisse than its parent. States move only along the arrows of
-- arrow_is_drawn(); each move writes an event in the same transaction.

-- The arrows between states. A row is born in the state that has an arrow from ''.
create function arrow_is_drawn(subject text, from_state text, to_state text) returns boolean
language sql immutable parallel safe
as $$
    select (subject, from_state, to_state) in (
        ('lot', '', 'open'), ('lot', 'open', 'closed'), ('lot', 'closed', 'done'),

        ('page', '', 'captured'),
        ('page', 'captured', 'read'), ('page', 'captured', 'blank'),
        ('page', 'captured', 'void'), ('page', 'captured', 'set_aside'),
        ('page', 'read', 'captured'), ('page', 'blank', 'captured'),
        ('page', 'set_aside', 'captured'),
        ('page', 'captured', 'rescan_wanted'), ('page', 'read', 'rescan_wanted'),
        ('page', 'blank', 'rescan_wanted'), ('page', 'void', 'rescan_wanted'),
        ('page', 'set_aside', 'rescan_wanted'), ('page', 'rescan_wanted', 'replaced'),

        ('pli', '', 'captured'), ('pli', 'captured', 'read'), ('pli', 'read', 'understood'),
        ('pli', 'understood', 'to_verify'), ('pli', 'to_verify', 'verified'),
        ('pli', 'understood', 'delivering'), ('pli', 'verified', 'delivering'),
        ('pli', 'delivering', 'delivered'),
        ('pli', 'captured', 'set_aside'), ('pli', 'read', 'set_aside'),
        ('pli', 'understood', 'set_aside'), ('pli', 'to_verify', 'set_aside'),
        ('pli', 'verified', 'set_aside'), ('pli', 'delivering', 'set_aside'),
        ('pli', 'set_aside', 'captured'), ('pli', 'set_aside', 'understood'),
        ('pli', 'captured', 'superseded'), ('pli', 'read', 'superseded'),
        ('pli', 'understood', 'superseded'), ('pli', 'to_verify', 'superseded'),
        ('pli', 'verified', 'superseded'), ('pli', 'set_aside', 'superseded'),

        ('document', '', 'proposed'), ('document', 'proposed', 'confirmed'),
        ('document', 'confirmed', 'delivered'),
        ('document', 'proposed', 'superseded'), ('document', 'confirmed', 'superseded'),

        ('delivery', '', 'waiting'), ('delivery', 'waiting', 'sent'),
        ('delivery', 'sent', 'acknowledged'), ('delivery', 'sent', 'in_doubt'),
        ('delivery', 'in_doubt', 'acknowledged'), ('delivery', 'in_doubt', 'waiting'),
        ('delivery', 'waiting', 'refused'), ('delivery', 'sent', 'refused'),
        ('delivery', 'refused', 'waiting'),

        ('work_item', '', 'new'), ('work_item', 'new', 'claimed'),
        ('work_item', 'claimed', 'done'), ('work_item', 'claimed', 'new'),
        ('work_item', 'claimed', 'returned'), ('work_item', 'returned', 'new'),
        ('work_item', 'claimed', 'forwarded'), ('work_item', 'forwarded', 'new'),

        ('job', '', 'waiting'), ('job', 'waiting', 'running'), ('job', 'running', 'waiting'),
        ('job', 'running', 'done'), ('job', 'running', 'set_aside'),
        ('job', 'waiting', 'set_aside'), ('job', 'set_aside', 'waiting'),
        ('job', 'waiting', 'held'), ('job', 'running', 'held'), ('job', 'held', 'waiting'),
        ('job', 'held', 'set_aside')
    )
$$;

-- Free text without anything that looks like a NIR: events are read by people of all services.
-- Heuristic: 13 to 15 characters of the shape of a NIR, blanks allowed; hides a SIRET that begins
-- with 1 to 8 as well.
create function without_nir(sentence text) returns text
language sql immutable parallel safe
as $$
    select regexp_replace(
        sentence,
        '[1-8][ .]?[0-9]{2}[ .]?[0-9]{2}[ .]?[0-9][0-9AB][ .]?[0-9]{3}[ .]?[0-9]{3}([ .]?[0-9]{2})?',
        '(NIR)', 'g'
    )
$$;

create table caisse (
    caisse_id text primary key check (caisse_id ~ '^[0-9]{3}$'),
    name text not null
);

create table user_account (
    user_account_id bigint generated always as identity primary key,
    caisse_id text not null references caisse,
    login text not null unique check (login <> ''),
    display_name text not null,
    active boolean not null default true,
    created_at timestamptz not null default now()
);

-- While a lot is open, expected_files is what its manifest promises and announced the names that were
-- there when it was last looked at. Complaints are for people: what was odd about the lot as a whole.
-- Held: nothing of it is worked on until somebody lets it go on.
create table lot (
    lot_id bigint generated always as identity primary key,
    caisse_id text not null references caisse,
    source text not null check (source <> ''),
    label text not null default '',
    channel text not null check (channel in ('post', 'counter', 'email')),
    received_at timestamptz not null,
    state text not null default 'open' check (state in ('open', 'closed', 'done')),
    expected_files integer check (expected_files >= 0),
    created_at timestamptz not null default now(),
    announced text[] not null default '{}',
    complaints text[] not null default '{}',
    received_on date not null
        generated always as ((received_at at time zone 'Europe/Paris')::date) stored,
    held_why text,
    held_by text,
    held_at timestamptz,
    constraint lot_held_says_why_and_who check (
        (held_why is not null) = (held_by is not null) and (held_why is not null) = (held_at is not null)
        and held_why <> '' and held_by <> ''),
    constraint closed_lot_was_counted check (state = 'open' or expected_files is not null),
    unique (lot_id, caisse_id),
    unique (lot_id, source)
);
create unique index one_open_lot_per_source on lot (source) where state = 'open';
create index lot_by_state on lot (state) where state <> 'done';

-- pli.caisse_id is its own: a mixed lot holds plis of several caisses. Doubts are older than its
-- understanding, which makes reasons to verify of them. Held: it is not understood and not delivered;
-- its pages are read, for they are cut into plis together with the lot.
create table pli (
    pli_id bigint generated always as identity primary key,
    caisse_id text not null references caisse,
    lot_id bigint not null references lot,
    name text not null,
    channel text not null check (channel in ('post', 'counter', 'email')),
    received_at timestamptz not null,
    state text not null default 'captured' check (state in (
        'captured', 'read', 'understood', 'to_verify', 'verified', 'delivering', 'delivered',
        'set_aside', 'superseded')),
    reason text,
    superseded_by bigint references pli,
    decision jsonb,
    facts jsonb,
    verify_reasons text[] not null default '{}',
    created_at timestamptz not null default now(),
    doubts text[] not null default '{}',
    received_on date not null
        generated always as ((received_at at time zone 'Europe/Paris')::date) stored,
    held_why text,
    held_by text,
    held_at timestamptz,
    constraint pli_held_says_why_and_who check (
        (held_why is not null) = (held_by is not null) and (held_why is not null) = (held_at is not null)
        and held_why <> '' and held_by <> ''),
    constraint pli_set_aside_has_reason
        check (state <> 'set_aside' or (reason is not null and reason <> '')),
    constraint pli_superseded_says_by check ((state = 'superseded') = (superseded_by is not null)),
    constraint pli_never_supersedes_itself check (superseded_by <> pli_id),
    constraint pli_to_verify_says_why check (state <> 'to_verify' or cardinality(verify_reasons) > 0),
    unique (pli_id, caisse_id)
);
create index pli_by_lot on pli (lot_id);
create index pli_by_reception on pli (received_at, caisse_id);
create index pli_by_state on pli (state) where state not in ('delivered', 'superseded');
create index pli_superseded on pli (superseded_by) where superseded_by is not null;
create index pli_by_name on pli using hash (name);

-- One file as it was taken in. The same bytes under the same name from the same source are one file.
create table lot_file (
    lot_file_id bigint generated always as identity primary key,
    caisse_id text not null,
    lot_id bigint not null,
    source text not null,
    pli_id bigint not null,
    name text not null check (name <> ''),
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    bytes bigint not null check (bytes >= 0),
    pages integer not null check (pages >= 1),
    foreign key (lot_id, source) references lot (lot_id, source) on update cascade,
    foreign key (pli_id, caisse_id) references pli (pli_id, caisse_id) on update cascade,
    constraint file_is_taken_in_once unique (source, name, sha256)
);
create index lot_file_by_lot on lot_file (lot_id);
create index lot_file_by_pli on lot_file (pli_id);
create index lot_file_by_bytes on lot_file (sha256, lot_file_id);

create table page (
    page_id bigint generated always as identity primary key,
    caisse_id text not null,
    pli_id bigint not null,
    page_index integer not null check (page_index >= 0),
    lot_file_id bigint not null references lot_file,
    file_index integer not null check (file_index >= 0),
    state text not null default 'captured' check (state in (
        'captured', 'read', 'blank', 'void', 'set_aside', 'rescan_wanted', 'replaced')),
    reason text,
    separator jsonb,
    starts_document boolean not null default false,
    foreign key (pli_id, caisse_id) references pli (pli_id, caisse_id) on update cascade,
    constraint page_set_aside_has_reason
        check (state <> 'set_aside' or (reason is not null and reason <> '')),
    unique (page_id, caisse_id),
    unique (pli_id, page_index) deferrable,
    unique (lot_file_id, file_index)
);

create table page_reading (
    page_id bigint primary key,
    caisse_id text not null,
    reading jsonb not null,
    confidence real not null check (confidence between 0 and 1),
    image_sha256 text not null check (image_sha256 ~ '^[0-9a-f]{64}$'),
    image_coding text not null check (image_coding in ('ccitt4', 'jpeg', 'layers')),
    image_width_px integer not null check (image_width_px > 0),
    image_height_px integer not null check (image_height_px > 0),
    image_channels integer not null check (image_channels in (1, 3)),
    image_dpi integer not null check (image_dpi > 0),
    preview_sha256 text not null check (preview_sha256 ~ '^[0-9a-f]{64}$'),
    read_at timestamptz not null default now(),
    foreign key (page_id, caisse_id) references page (page_id, caisse_id) on update cascade
);

create table document (
    document_id bigint generated always as identity primary key,
    caisse_id text not null,
    pli_id bigint not null,
    position integer not null check (position >= 1),
    type text not null check (type <> ''),
    confidence double precision not null check (confidence between 0 and 1),
    decided_by text not null check (decided_by in ('auto', 'person', 'undecided')),
    service text not null,
    corbeille text not null,
    priority integer not null check (priority between 1 and 9),
    deadline_days integer not null check (deadline_days >= 0),
    clear_days boolean not null,
    master_id bigint references document,
    evidence jsonb not null default '[]',
    pdf_sha256 text check (pdf_sha256 ~ '^[0-9a-f]{64}$'),
    state text not null default 'proposed' check (state in (
        'proposed', 'confirmed', 'delivered', 'superseded')),
    superseded_by bigint references document,
    due_on date not null,
    index_sha256 text check (index_sha256 ~ '^[0-9a-f]{64}$'),
    notes text[] not null default '{}',
    foreign key (pli_id, caisse_id) references pli (pli_id, caisse_id) on update cascade,
    constraint document_superseded_says_by
        check ((state = 'superseded') = (superseded_by is not null)),
    constraint document_never_supersedes_itself check (superseded_by <> document_id),
    constraint document_index_belongs_to_its_pdf
        check (index_sha256 is null or pdf_sha256 is not null),
    constraint document_delivered_has_pdf check (state <> 'delivered' or pdf_sha256 is not null),
    unique (document_id, caisse_id),
    unique (pli_id, position)
);
create index document_by_master on document (master_id) where master_id is not null;
create index document_superseded on document (superseded_by) where superseded_by is not null;

create table document_page (
    document_id bigint not null,
    page_id bigint not null,
    caisse_id text not null,
    position integer not null check (position >= 0),
    primary key (document_id, position),
    unique (document_id, page_id),
    foreign key (document_id, caisse_id)
        references document (document_id, caisse_id) on update cascade,
    foreign key (page_id, caisse_id) references page (page_id, caisse_id) on update cascade
);
create index document_page_by_page on document_page (page_id);

create table document_field (
    document_id bigint not null,
    position integer not null check (position >= 0),
    caisse_id text not null,
    name text not null check (name <> ''),
    value text not null,
    confidence double precision not null check (confidence between 0 and 1),
    page_index integer not null,
    x0 integer not null,
    y0 integer not null,
    x1 integer not null,
    y1 integer not null,
    primary key (document_id, position),
    foreign key (document_id, caisse_id)
        references document (document_id, caisse_id) on update cascade
);

-- How a page is found again: core/facts.h says what the columns hold. Hashes only.
create table page_print (
    page_id bigint primary key,
    caisse_id text not null,
    document_id bigint not null,
    picture text not null check (picture ~ '^([0-9a-f]{64})?$'),
    numbers integer[] not null,
    firm integer[] not null,
    words integer[] not null,
    foreign key (page_id, caisse_id) references page (page_id, caisse_id) on update cascade,
    foreign key (document_id, caisse_id)
        references document (document_id, caisse_id) on update cascade
);
create index page_print_by_document on page_print (document_id);

-- What a page is looked for by: core/facts.h. Caisse by caisse and the latest first, for under the
-- lock of a caisse nothing may be asked that grows with all its mail.
create table page_band (
    caisse_id text not null,
    band integer not null,
    received_on date not null,
    page_id bigint not null,
    primary key (caisse_id, band, received_on, page_id),
    foreign key (page_id, caisse_id) references page (page_id, caisse_id) on update cascade
);
create index page_band_by_page on page_band (page_id);

-- person: key is a NIR. account: key is the NIR, value the IBAN. form: key is the number of a
-- secured form.
create table document_key (
    document_id bigint not null,
    kind text not null check (kind in ('person', 'account', 'form')),
    key text not null check (key <> ''),
    value text not null default '',
    caisse_id text not null,
    primary key (document_id, kind, key),
    foreign key (document_id, caisse_id)
        references document (document_id, caisse_id) on update cascade
);
create index document_key_by_key on document_key (kind, key);

-- What people say a document is: for ever, never changed. Said of pages, for documents are decided
-- anew; of two truths that share a page the one said later is in effect. pages_said: its pages were
-- said too, not only taken over from the document. A field without a value stands nowhere on the
-- paper.
create table truth (
    truth_id bigint generated always as identity primary key,
    caisse_id text not null,
    pli_id bigint not null,
    document_id bigint,
    type text not null check (type <> ''),
    pages_said boolean not null,
    origin text not null check (origin in ('correction', 'import', 'sample')),
    said_by text not null check (said_by <> ''),
    said_at timestamptz not null,
    stored_at timestamptz not null default clock_timestamp(),
    check (said_at <= stored_at + interval '1 day'),
    foreign key (pli_id, caisse_id) references pli (pli_id, caisse_id) on update cascade,
    foreign key (document_id, caisse_id)
        references document (document_id, caisse_id) on update cascade,
    unique (truth_id, caisse_id)
);
create index truth_by_pli on truth (pli_id);
create index truth_by_document on truth (document_id);
create unique index truth_of_sample on truth (document_id) where origin = 'sample';

create table truth_page (
    truth_id bigint not null,
    position integer not null check (position >= 0),
    page_id bigint not null,
    caisse_id text not null,
    primary key (truth_id, position),
    unique (truth_id, page_id),
    foreign key (truth_id, caisse_id) references truth (truth_id, caisse_id) on update cascade,
    foreign key (page_id, caisse_id) references page (page_id, caisse_id) on update cascade
);
create index truth_page_by_page on truth_page (page_id);

create table truth_field (
    truth_id bigint not null,
    position integer not null check (position >= 0),
    caisse_id text not null,
    name text not null check (name <> ''),
    value text not null,
    primary key (truth_id, position),
    foreign key (truth_id, caisse_id) references truth (truth_id, caisse_id) on update cascade
);

-- Documents that a person keys without knowing what the machine decided. The person is shown the
-- pli and asked for the document that asked_page_id belongs to. percent: the share that was chosen
-- then.
create table sample (
    sample_id bigint generated always as identity primary key,
    caisse_id text not null,
    document_id bigint not null unique,
    asked_page_id bigint not null,
    percent double precision not null check (percent > 0 and percent <= 100),
    chosen_at timestamptz not null default now(),
    foreign key (document_id, caisse_id)
        references document (document_id, caisse_id) on update cascade,
    foreign key (asked_page_id, caisse_id) references page (page_id, caisse_id) on update cascade
);

-- What makes the choice of samples this database's own; whoever knows it can foretell them.
create table sampling (
    the_only_row boolean primary key default true check (the_only_row),
    seed text not null check (seed <> '')
);

create table delivery (
    delivery_id bigint generated always as identity primary key,
    caisse_id text not null,
    document_id bigint not null,
    idempotency_key text not null unique check (idempotency_key <> ''),
    connector text not null default '',
    state text not null default 'waiting' check (state in (
        'waiting', 'sent', 'in_doubt', 'acknowledged', 'refused')),
    reason text,
    receipt_sha256 text check (receipt_sha256 ~ '^[0-9a-f]{64}$'),
    receipt_location text,
    receipt_at timestamptz,
    foreign key (document_id, caisse_id)
        references document (document_id, caisse_id) on update cascade,
    constraint delivery_refused_has_reason
        check (state <> 'refused' or (reason is not null and reason <> '')),
    constraint delivery_acknowledged_has_receipt check (
        state <> 'acknowledged'
        or (receipt_sha256 is not null and receipt_location is not null and receipt_at is not null)),
    unique (delivery_id, caisse_id)
);
create unique index one_live_delivery_per_document on delivery (document_id)
    where state <> 'refused';
create index delivery_by_document on delivery (document_id);

create table work_item (
    work_item_id bigint generated always as identity primary key,
    caisse_id text not null,
    document_id bigint not null,
    corbeille text not null check (corbeille <> ''),
    service text not null,
    priority integer not null check (priority between 1 and 9),
    due_on date not null,
    state text not null default 'new' check (state in (
        'new', 'claimed', 'done', 'returned', 'forwarded')),
    reason text,
    forwarded_to text,
    claimed_by bigint references user_account,
    lease_until timestamptz,
    created_at timestamptz not null default now(),
    notes text[] not null default '{}',
    missing text[] not null default '{}',
    foreign key (document_id, caisse_id)
        references document (document_id, caisse_id) on update cascade,
    constraint work_item_returned_has_reason
        check (state <> 'returned' or (reason is not null and reason <> '')),
    constraint work_item_forwarded_says_where
        check (state <> 'forwarded' or (forwarded_to is not null and forwarded_to <> '')),
    unique (document_id)
);
create index work_item_by_corbeille on work_item (caisse_id, corbeille, priority, due_on)
    where state <> 'done';

-- Seconds a job takes about, in which the shares of caisses are counted. chosen: reading is what costs.
create function job_cost(kind text) returns double precision
language sql immutable parallel safe
as $$
    select case kind when 'read' then 1.0 else 0.1 end
$$;

-- lane: the lot it came with. wanted_at: its place among the jobs of its caisse. turn: its place
-- among those of all caisses, given when it is claimed. held: its lot or its pli is.
create table job (
    job_id bigint generated always as identity primary key,
    kind text not null check (kind in ('read', 'split', 'understand', 'deliver')),
    caisse_id text not null references caisse,
    lot_id bigint,
    page_id bigint,
    pli_id bigint,
    delivery_id bigint,
    state text not null default 'waiting' check (state in (
        'waiting', 'running', 'held', 'done', 'set_aside')),
    priority integer not null default 5 check (priority between 1 and 9),
    due_at timestamptz not null default now(),
    attempt integer not null default 0 check (attempt >= 0),
    crashes integer not null default 0 check (crashes >= 0),
    worker text,
    fence bigint not null default 0,
    lease_until timestamptz,
    reason text,
    created_at timestamptz not null default now(),
    losses integer not null default 0 check (losses >= 0),
    lane bigint not null,
    wanted_at timestamptz not null,
    turn double precision,
    foreign key (lot_id, caisse_id) references lot (lot_id, caisse_id) on update cascade,
    foreign key (page_id, caisse_id) references page (page_id, caisse_id) on update cascade,
    foreign key (pli_id, caisse_id) references pli (pli_id, caisse_id) on update cascade,
    foreign key (delivery_id, caisse_id)
        references delivery (delivery_id, caisse_id) on update cascade,
    constraint job_has_the_subject_of_its_kind check (
        (page_id is not null) = (kind = 'read')
        and (lot_id is not null) = (kind = 'split')
        and (pli_id is not null) = (kind = 'understand')
        and (delivery_id is not null) = (kind = 'deliver')),
    constraint running_job_has_worker check ((state = 'running') = (worker is not null)),
    constraint running_job_has_lease check ((state = 'running') = (lease_until is not null)),
    constraint job_set_aside_has_reason
        check (state <> 'set_aside' or (reason is not null and reason <> ''))
);
create unique index one_open_read_job_per_page on job (page_id)
    where state in ('waiting', 'running', 'held');
create unique index one_open_understand_job_per_pli on job (pli_id)
    where state in ('waiting', 'running', 'held');
create unique index one_open_deliver_job_per_delivery on job (delivery_id)
    where state in ('waiting', 'running', 'held');
create unique index one_split_job_per_lot on job (lot_id);
create index job_by_page on job (page_id);
create index job_by_pli on job (pli_id);
create index job_by_delivery on job (delivery_id);
create index job_to_claim on job (caisse_id, kind, wanted_at, job_id) where state = 'waiting';
create index job_by_lane on job (lane, kind, wanted_at) where state = 'waiting';
create index job_held on job (lane) where state = 'held';
create index job_by_turn on job (caisse_id, turn) where turn is not null;
create index job_running on job (lease_until) where state = 'running';

-- Jobs change state a few times and pile up for ever: what is dead goes soon, and how many of which
-- state there are is known. chosen: after a few thousand jobs, however many there ever were.
alter table job set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000,
    autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 10000,
    autovacuum_vacuum_cost_delay = 0);
alter table delivery set (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0.02);
alter table work_item set (
    autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000,
    autovacuum_analyze_scale_factor = 0.02);

-- How many plis, pages, documents and work items are in which state, by caisse and day of receipt: what
-- is asked every few seconds may not count a year of mail. Moves are written down beside each other,
-- so that nobody waits for somebody else's commit, and added up every second (store/counters.h); who
-- asks adds what is not added up yet.
create table counter (
    caisse_id text not null references caisse,
    day date not null,
    what text not null check (what in ('pli', 'page', 'document', 'work_item')),
    state text not null check (state <> ''),
    number bigint not null,
    primary key (caisse_id, day, what, state)
);

-- Empty: it came into being, or from or to another caisse.
create table counter_change (
    caisse_id text not null,
    day date not null,
    what text not null,
    from_state text not null,
    to_state text not null
);
alter table counter_change set (
    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 50000,
    autovacuum_vacuum_cost_delay = 0);

create table machine_count (
    machine_count_id bigint generated always as identity primary key,
    caisse_id text not null references caisse,
    machine text not null check (machine <> ''),
    day date not null,
    what text not null check (what <> ''),
    pieces bigint not null check (pieces >= 0),
    unique (caisse_id, machine, day, what)
);

-- What happened to mail, for ever: only inserted, never changed. Not carried along when a pli
-- changes caisse: it says where the mail was then. written_by: sealed is only what is older than every
-- transaction that still runs. One part for each month: make_months().
create table event (
    event_id bigint generated always as identity,
    happened_at timestamptz not null default clock_timestamp(),
    caisse_id text not null references caisse,
    subject text not null,
    subject_id bigint not null,
    from_state text not null,
    to_state text not null,
    reason text,
    actor text not null,
    written_by xid8 not null default pg_current_xact_id(),
    primary key (event_id, happened_at)
) partition by range (happened_at);
create index event_by_subject on event (subject, subject_id);
create index event_by_caisse on event (caisse_id, happened_at);
create index event_by_transaction on event (written_by);
create table event_of_other_months partition of event default;

-- The chain of a caisse: each hash is made of the one before, the event, and the names of the blobs
-- that the event brought (page taken in: its file; page read: image and preview; document
-- delivered: PDF and index). docs/adr/0031 says how.
create table sealed_event (
    caisse_id text not null references caisse,
    position bigint not null check (position >= 1),
    event_id bigint not null unique,
    blobs text[] not null,
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    sealed_at timestamptz not null,
    primary key (caisse_id, position)
);

-- The heads of all chains at a moment, as text that is signed as it stands.
create table checkpoint (
    number bigint primary key check (number >= 1),
    made_at timestamptz not null,
    body text not null,
    key_id text not null,
    signature text not null check (signature ~ '^[0-9a-f]{128}$')
);

-- What a time stamping authority answered about a checkpoint.
create table checkpoint_stamp (
    number bigint primary key references checkpoint,
    authority text not null,
    response bytea not null,
    stamped_at timestamptz not null default now()
);

-- Up to where events are sealed: what transactions below wrote. They are counted by the cluster,
-- another one begins anew.
create table sealing (
    the_only_row boolean primary key default true check (the_only_row),
    sealed_below xid8 not null,
    cluster_id bigint not null
);

create function refuse_change() returns trigger
language plpgsql
as $$
begin
    raise exception '% rows are never changed', tg_table_name using errcode = 'check_violation';
end
$$;
create trigger event_is_never_changed before update or delete on event
    for each row execute function refuse_change();
create trigger event_is_never_emptied before truncate on event
    for each statement execute function refuse_change();

-- Who acts: set for the transaction by the verb that ends a job, else the database role. In a language
-- that keeps its plan: it is called with every move.
create function write_event(
    caisse text, what text, what_id bigint, came_from text, goes_to text, why text
) returns void
language plpgsql
as $$
begin
    insert into event (caisse_id, subject, subject_id, from_state, to_state, reason, actor)
    values (
        caisse, what, what_id, came_from, goes_to, without_nir(why),
        coalesce(nullif(current_setting('pleiade.actor', true), ''), session_user));
end
$$;

create function require_arrow() returns trigger
language plpgsql
as $$
declare
    came_from text := case when tg_op = 'INSERT' then '' else old.state end;
begin
    if not arrow_is_drawn(tg_table_name, came_from, new.state) then
        raise exception '% may not go from "%" to "%"', tg_table_name, came_from, new.state
            using errcode = 'check_violation', constraint = tg_table_name || '_arrows';
    end if;
    return new;
end
$$;

-- Each table its own branch, so that what is done for every move is planned once a session.
create function record_move() returns trigger
language plpgsql
as $$
declare
    key bigint;
    why text;
begin
    case tg_table_name
        when 'page' then
            key := new.page_id;
            why := case new.state when 'set_aside' then new.reason end;
        when 'pli' then
            key := new.pli_id;
            why := case new.state
                when 'set_aside' then new.reason
                when 'superseded' then 'by pli ' || new.superseded_by
            end;
        when 'document' then
            key := new.document_id;
            why := 'by document ' || new.superseded_by;
        when 'delivery' then
            key := new.delivery_id;
            why := case new.state when 'refused' then new.reason end;
        when 'work_item' then
            key := new.work_item_id;
            why := case new.state
                when 'returned' then new.reason
                when 'forwarded' then 'to ' || new.forwarded_to
            end;
        when 'lot' then
            key := new.lot_id;
    end case;
    insert into event (caisse_id, subject, subject_id, from_state, to_state, reason, actor)
    values (
        new.caisse_id, tg_table_name, key,
        case when tg_op = 'INSERT' then '' else old.state end, new.state, without_nir(why),
        coalesce(nullif(current_setting('pleiade.actor', true), ''), session_user));
    return null;
end
$$;

create trigger lot_birth before insert on lot for each row execute function require_arrow();
create trigger lot_arrow before update of state on lot for each row
    when (old.state is distinct from new.state) execute function require_arrow();
create trigger lot_born after insert on lot for each row execute function record_move();
create trigger lot_moved after update of state on lot for each row
    when (old.state is distinct from new.state) execute function record_move();

create trigger pli_birth before insert on pli for each row execute function require_arrow();
create trigger pli_arrow before update of state on pli for each row
    when (old.state is distinct from new.state) execute function require_arrow();
create trigger pli_born after insert on pli
    for each row execute function record_move();
create trigger pli_moved after update of state on pli for each row
    when (old.state is distinct from new.state) execute function record_move();

create trigger page_birth before insert on page for each row execute function require_arrow();
create trigger page_arrow before update of state on page for each row
    when (old.state is distinct from new.state) execute function require_arrow();
create trigger page_born after insert on page
    for each row execute function record_move();
create trigger page_moved after update of state on page for each row
    when (old.state is distinct from new.state) execute function record_move();

create trigger document_birth before insert on document
    for each row execute function require_arrow();
create trigger document_arrow before update of state on document for each row
    when (old.state is distinct from new.state) execute function require_arrow();
create trigger document_born after insert on document
    for each row execute function record_move();
create trigger document_moved after update of state on document for each row
    when (old.state is distinct from new.state) execute function record_move();

create trigger delivery_birth before insert on delivery
    for each row execute function require_arrow();
create trigger delivery_arrow before update of state on delivery for each row
    when (old.state is distinct from new.state) execute function require_arrow();
create trigger delivery_born after insert on delivery
    for each row execute function record_move();
create trigger delivery_moved after update of state on delivery for each row
    when (old.state is distinct from new.state) execute function record_move();

create trigger work_item_birth before insert on work_item
    for each row execute function require_arrow();
create trigger work_item_arrow before update of state on work_item for each row
    when (old.state is distinct from new.state) execute function require_arrow();
create trigger work_item_born after insert on work_item
    for each row execute function record_move();
create trigger work_item_moved after update of state on work_item for each row
    when (old.state is distinct from new.state)
    execute function record_move();

-- With the rights of the owner: a move between caisses is written down for both.
create function count_move() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    received date;
begin
    case tg_table_name
        when 'pli' then
            received := new.received_on;
        when 'work_item' then
            select pli.received_on into strict received
            from document join pli using (pli_id) where document.document_id = new.document_id;
        else
            select pli.received_on into strict received from pli where pli.pli_id = new.pli_id;
    end case;
    if tg_op = 'INSERT' then
        insert into counter_change values (new.caisse_id, received, tg_table_name, '', new.state);
    elsif old.caisse_id = new.caisse_id then
        insert into counter_change
        values (new.caisse_id, received, tg_table_name, old.state, new.state);
    else
        insert into counter_change
        values (old.caisse_id, received, tg_table_name, old.state, ''),
            (new.caisse_id, received, tg_table_name, '', new.state);
    end if;
    return null;
end
$$;
do $$
declare
    counted text;
begin
    foreach counted in array array['pli', 'page', 'document', 'work_item'] loop
        execute format(
            'create trigger %1$s_counted after insert on %1$I '
            'for each row execute function count_move()', counted);
        execute format(
            'create trigger %1$s_counted_anew after update of state, caisse_id on %1$I for each row '
            'when (old.state <> new.state or old.caisse_id <> new.caisse_id) '
            'execute function count_move()', counted);
    end loop;
end
$$;

-- What could not be read may be quoted in a reason, and reasons are read by people of all services.
create function mask_reason() returns trigger
language plpgsql
as $$
begin
    new.reason := without_nir(new.reason);
    return new;
end
$$;
create trigger page_reason_is_masked before insert or update of reason on page for each row
    when (new.reason is not null) execute function mask_reason();
create trigger pli_reason_is_masked before insert or update of reason on pli for each row
    when (new.reason is not null) execute function mask_reason();
create trigger delivery_reason_is_masked before insert or update of reason on delivery for each row
    when (new.reason is not null) execute function mask_reason();
create trigger work_item_reason_is_masked before insert or update of reason on work_item
    for each row when (new.reason is not null) execute function mask_reason();
create trigger job_reason_is_masked before insert or update of reason on job for each row
    when (new.reason is not null) execute function mask_reason();

-- A pli that misses a page is never delivered as complete without a person's word, and every page
-- that says something goes with one of its documents.
create function refuse_incomplete_delivery() returns trigger
language plpgsql
as $$
declare
    missing bigint;
begin
    select page_id into missing
    from page
    where pli_id = new.pli_id
        and (state in ('captured', 'set_aside', 'rescan_wanted')
            or state in ('read', 'blank') and not exists (
                select from document_page join document using (document_id)
                where document_page.page_id = page.page_id and document.state <> 'superseded'))
    limit 1;
    if found then
        raise exception 'pli % may not be delivered without page %', new.pli_id, missing
            using errcode = 'check_violation', constraint = 'pli_is_complete';
    end if;
    return new;
end
$$;
create trigger pli_is_complete before update of state on pli for each row
    when (old.state = 'understood' and new.state = 'delivering')
    execute function refuse_incomplete_delivery();

-- Jobs come and go by the million and their end is an event of their subject: arrows, no events.
create trigger job_birth before insert on job for each row execute function require_arrow();
create trigger job_arrow before update of state on job for each row
    when (old.state is distinct from new.state) execute function require_arrow();

-- Whether a person stopped the lot, or the pli, of a job; it stays so until the transaction ends. Who
-- holds something waits for all who asked. Asked by roles that may not see a lot of mixed mail.
create function is_held(asked_lot bigint, asked_pli bigint) returns boolean
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    lot_is_held boolean;
    pli_is_held boolean;
begin
    select held_why is not null into lot_is_held from lot where lot_id = asked_lot for key share;
    select held_why is not null into pli_is_held from pli where pli_id = asked_pli for key share;
    return coalesce(lot_is_held, false) or coalesce(pli_is_held, false);
end
$$;

-- The pli that a job understands or delivers; null for what is the business of the whole lot.
create function pli_of_job(asked job) returns bigint
language sql stable
as $$
    select coalesce(asked.pli_id, (
        select document.pli_id from delivery join document using (document_id)
        where delivery.delivery_id = asked.delivery_id))
$$;

-- Gives a job its lane and its place in it. A lane gets one second of work a second: a job is wanted
-- when those before it in its lane are done at that pace, and from then on grows older than all that
-- comes later. A step of priority is worth ten minutes of age; mail of an earlier day goes before
-- what came in up to four hours earlier. All three chosen.
create function give_place_to_job() returns trigger
language plpgsql security definer
set enable_seqscan = off -- a plan made while there were few jobs is kept when there are many
set enable_bitmapscan = off
set search_path = public, pg_temp
as $$
declare
    own_pli bigint := pli_of_job(new);
    received timestamptz;
    late interval;
    last_in_lane timestamptz;
begin
    select pli.lot_id, pli.received_at into new.lane, received
    from pli where pli.pli_id = coalesce(
        own_pli, (select page.pli_id from page where page.page_id = new.page_id));
    if new.lot_id is not null then
        select lot.lot_id, lot.received_at into new.lane, received
        from lot where lot.lot_id = new.lot_id;
    end if;
    late := least(greatest(now() - received - interval '1 day', '0'), '4 hours');
    select job.wanted_at into last_in_lane
    from job where job.state = 'waiting' and job.lane = new.lane and job.kind = new.kind
    order by job.wanted_at desc limit 1;
    new.wanted_at := greatest(
        now() - late - (5 - new.priority) * interval '10 minutes', last_in_lane
    ) + job_cost(new.kind) * interval '1 second';
    if is_held(new.lane, own_pli) then
        new.state := 'held';
    end if;
    return new;
end
$$;
create trigger job_place before insert on job for each row execute function give_place_to_job();

-- What a worker gives back, or lost, is not worked on while a person holds it.
create function keep_job_held() returns trigger
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    if is_held(new.lane, pli_of_job(new)) then
        new.state := 'held';
    end if;
    return new;
end
$$;
create trigger job_stays_held before update of state on job for each row
    when (old.state <> 'waiting' and new.state = 'waiting') execute function keep_job_held();

-- Takes the due jobs of the wanted kinds that are wanted most, at most so many, all of one kind and
-- one caisse; nothing is delivered to the caisses in silent. Two workers never get one job: rows that
-- another looks at are skipped, not waited for. Jobs whose worker gave no sign of life wait again
-- first: no crash, but a loss. From here on, until the transaction ends, row-level security holds it to
-- the caisse of the jobs.
--
-- The caisse that was given the least work goes first, counted in turns: a job's turn is where its
-- caisse stood when it was claimed. Who had nothing to do for a while begins where the others stand,
-- so nobody saves turns up. Within the caisse: what has been wanted for longest.
-- Source: start-time fair queueing, Goyal, Vin and Cheng 1996.
-- Every part looks at the first entries of an index: the time grows with the caisses, not the jobs.
create function claim_jobs(
    who text, kinds text[], lease_seconds bigint, silent text[], most bigint
) returns table (
    job_id bigint, kind text, fence bigint, worker text, caisse_id text, lot_id bigint, pli_id bigint,
    page_id bigint, document_id bigint, delivery_id bigint, attempt integer, crashes integer,
    losses integer, sha256 text, file text, file_index integer)
language plpgsql
set enable_seqscan = off -- a plan made while there were few jobs is kept when there are many
set enable_bitmapscan = off
set plan_cache_mode = force_generic_plan -- planning costs more than claiming
as $$
#variable_conflict use_column
declare
    claimed bigint[];
    head record;
begin
    update job
    set state = 'waiting', worker = null, lease_until = null, losses = losses + 1
    where job_id in (
        select job_id from job
        where state = 'running' and lease_until < now()
        for update skip locked);
    perform set_config('role', 'pleiade_worker', true);
    for head in
        with stand as materialized (
            select caisse.caisse_id, latest.turn, latest.turn + job_cost(latest.kind) as next_turn
            from caisse
            left join lateral (
                select job.turn, job.kind from job
                where job.caisse_id = caisse.caisse_id and job.turn is not null
                order by job.turn desc limit 1
            ) latest on true
        )
        select stand.caisse_id, wanted.kind,
            greatest(stand.next_turn, (select max(turn) from stand), 0) as turn,
            min(first.wanted_at) over (partition by stand.caisse_id) as oldest
        from stand
        cross join unnest(kinds) wanted (kind)
        cross join lateral (
            select job.wanted_at from job
            where job.state = 'waiting' and job.caisse_id = stand.caisse_id
                and job.kind = wanted.kind and job.due_at <= now()
            order by job.wanted_at, job.job_id limit 1
        ) first
        where not (wanted.kind = 'deliver' and stand.caisse_id = any (silent))
        order by turn, oldest, stand.caisse_id, first.wanted_at
    loop
        with free as (
            select job.job_id, job.wanted_at from job
            where job.state = 'waiting' and job.caisse_id = head.caisse_id
                and job.kind = head.kind and job.due_at <= now()
            order by job.wanted_at, job.job_id
            for update skip locked
            limit most
        ),
        placed as (
            select free.job_id, row_number() over (order by free.wanted_at, free.job_id) - 1 as before
            from free
        ),
        taken as (
            update job
            set state = 'running', worker = who, attempt = job.attempt + 1, fence = job.fence + 1,
                lease_until = now() + lease_seconds * interval '1 second',
                turn = head.turn + placed.before * job_cost(head.kind)
            from placed
            where job.job_id = placed.job_id
            returning job.job_id
        )
        select array_agg(taken.job_id) into claimed from taken;
        exit when claimed is not null;
    end loop;
    perform set_config(
        'pleiade.caisses', coalesce((select job.caisse_id from job where job.job_id = claimed[1]), ''), true);
    -- A statement of its own: the mail may be younger than the one that called this function.
    return query
    select job.job_id, job.kind, job.fence, job.worker, job.caisse_id, job.lane, pli.pli_id, job.page_id, document.document_id,
        job.delivery_id, job.attempt, job.crashes, job.losses, lot_file.sha256, lot_file.name,
        page.file_index
    from job
    left join delivery on delivery.delivery_id = job.delivery_id
    left join document on document.document_id = delivery.document_id
    left join page on page.page_id = job.page_id
    left join lot_file on lot_file.lot_file_id = page.lot_file_id
    left join pli on pli.pli_id = coalesce(job.pli_id, page.pli_id, document.pli_id)
    where job.job_id = any (claimed)
    order by job.turn;
end
$$;

-- Stops a lot, with all its jobs: those in hand are taken away, but for deliveries, which find out
-- before the GED is called. Jobs that end just now are left, what follows of them is born held.
-- Gives how many jobs that were. The row is locked as nobody does who works: see is_held().
create function hold_lot(stopped_lot bigint, why text, who text) returns bigint
language plpgsql
as $$
declare
    caisse text;
    state_now text;
    jobs bigint;
begin
    select caisse_id, state into strict caisse, state_now from lot where lot_id = stopped_lot for update;
    update lot set held_why = without_nir(why), held_by = without_nir(who), held_at = now()
    where lot_id = stopped_lot;
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(caisse, 'lot', stopped_lot, state_now, state_now, 'held: ' || why);
    with free as (
        select job_id from job
        where state = 'waiting' and lane = stopped_lot
            or state = 'running' and lane = stopped_lot and kind <> 'deliver'
        for update skip locked
    )
    update job
    set state = 'held', worker = null, lease_until = null,
        attempt = attempt - case state when 'running' then 1 else 0 end
    from free where job.job_id = free.job_id;
    get diagnostics jobs = row_count;
    return jobs;
end
$$;

-- Stops a pli, with the jobs that understand or deliver it. As hold_lot.
create function hold_pli(stopped_pli bigint, why text, who text) returns bigint
language plpgsql
as $$
declare
    caisse text;
    state_now text;
    lane_of_pli bigint;
    jobs bigint;
begin
    select caisse_id, state, lot_id into strict caisse, state_now, lane_of_pli
    from pli where pli_id = stopped_pli for update;
    update pli set held_why = without_nir(why), held_by = without_nir(who), held_at = now()
    where pli_id = stopped_pli;
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(caisse, 'pli', stopped_pli, state_now, state_now, 'held: ' || why);
    with free as (
        select job_id from job
        where (state = 'waiting' and lane = lane_of_pli
                or state = 'running' and lane = lane_of_pli and kind <> 'deliver')
            and pli_of_job(job) = stopped_pli
        for update skip locked
    )
    update job
    set state = 'held', worker = null, lease_until = null,
        attempt = attempt - case state when 'running' then 1 else 0 end
    from free where job.job_id = free.job_id;
    get diagnostics jobs = row_count;
    return jobs;
end
$$;

-- Lets a lot go on; plis of it that are held themselves stay so. Gives how many jobs
-- wait again, or null when it was not held.
create function resume_lot(stopped_lot bigint, why text, who text) returns bigint
language plpgsql
as $$
declare
    caisse text;
    state_now text;
    since timestamptz;
    jobs bigint;
begin
    -- Before the lot, as whoever sets a pli aside does.
    perform from job where lane = stopped_lot and state = 'held' order by job_id for update;
    select caisse_id, state, held_at into caisse, state_now, since
    from lot where lot_id = stopped_lot and held_why is not null for update;
    if not found then
        return null;
    end if;
    update lot set held_why = null, held_by = null, held_at = null where lot_id = stopped_lot;
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(
        caisse, 'lot', stopped_lot, state_now, state_now, 'goes on' || coalesce(': ' || nullif(why, ''), ''));
    with again as (
        -- The time it was held is no time it waited: it would push today's mail out.
        update job set state = 'waiting', wanted_at = wanted_at + (now() - since)
        where lane = stopped_lot and state = 'held' returning state
    )
    select count(*) into jobs from again where state = 'waiting';
    return jobs;
end
$$;

-- Lets a pli go on; nothing of it does while its lot is held. As resume_lot.
create function resume_pli(stopped_pli bigint, why text, who text) returns bigint
language plpgsql
as $$
declare
    caisse text;
    state_now text;
    lane_of_pli bigint;
    since timestamptz;
    jobs bigint;
begin
    -- Its jobs before the pli, as resume_lot takes them before the lot.
    select lot_id into strict lane_of_pli from pli where pli_id = stopped_pli;
    perform from job
    where lane = lane_of_pli and state = 'held' and pli_of_job(job) = stopped_pli
    order by job_id for update;
    select caisse_id, state, held_at into strict caisse, state_now, since
    from pli where pli_id = stopped_pli for update;
    update pli set held_why = null, held_by = null, held_at = null where pli_id = stopped_pli;
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(
        caisse, 'pli', stopped_pli, state_now, state_now, 'goes on' || coalesce(': ' || nullif(why, ''), ''));
    with again as (
        update job set state = 'waiting', wanted_at = wanted_at + coalesce(now() - since, interval '0')
        where lane = lane_of_pli and state = 'held' and pli_of_job(job) = stopped_pli
        returning state
    )
    select count(*) into jobs from again where state = 'waiting';
    return jobs;
end
$$;

-- A pli that is cut out of others is held when one of them is.
create function inherit_hold(new_pli bigint, of_pages bigint[]) returns void
language plpgsql
as $$
declare
    former pli;
    caisse text;
    state_now text;
begin
    for former in
        select * from pli
        where pli_id in (select page.pli_id from page where page_id = any (of_pages))
        order by pli_id
        for key share
    loop
        if former.held_why is not null then
            update pli
            set held_why = former.held_why, held_by = former.held_by, held_at = former.held_at
            where pli_id = new_pli
            returning caisse_id, state into caisse, state_now;
            perform write_event(
                caisse, 'pli', new_pli, state_now, state_now,
                'held as pli ' || former.pli_id || ' by ' || former.held_by || ': ' || former.held_why);
            return;
        end if;
    end loop;
end
$$;

-- Gives a pli to another caisse, with everything in it: foreign keys carry pages, readings, documents,
-- deliveries, work items and jobs along. An event for both caisses. Not once its documents are on their
-- way: they lie in the GED of the old caisse.
create function assign_caisse(moved_pli bigint, new_caisse text) returns void
language plpgsql
as $$
declare
    old_caisse text;
    state_now text;
begin
    select caisse_id, state into strict old_caisse, state_now
    from pli where pli_id = moved_pli for update;
    if old_caisse = new_caisse then
        return;
    end if;
    if state_now in ('delivering', 'delivered') then
        raise exception 'pli % is % and stays with caisse %', moved_pli, state_now, old_caisse
            using errcode = 'check_violation', constraint = 'pli_on_its_way_keeps_its_caisse';
    end if;
    update pli set caisse_id = new_caisse where pli_id = moved_pli;
    perform write_event(
        old_caisse, 'pli', moved_pli, state_now, state_now, 'given to caisse ' || new_caisse);
    perform write_event(
        new_caisse, 'pli', moved_pli, state_now, state_now, 'came from caisse ' || old_caisse);
end
$$;

-- Queues the split of a lot when it is closed and no page of it is unsettled. The lot row is locked
-- first, so that of two last pages settled at once the second sees the first. Whoever settles a page
-- may not see them all: a lot holds plis of several caisses. Asked for every page: most lots have jobs
-- that wait, and one look says so.
create function queue_split_when_settled(settled_lot bigint) returns void
language plpgsql security definer set search_path = public, pg_temp
set enable_seqscan = off -- a plan made while there were few jobs is kept when there are many
set enable_bitmapscan = off
as $$
declare
    state_now text;
    caisse text;
begin
    select state, caisse_id into state_now, caisse
    from lot where lot_id = settled_lot for no key update;
    if state_now is distinct from 'closed'
        or exists (select from job where lane = settled_lot and kind = 'read' and state = 'waiting')
        or exists (select from job where lot_id = settled_lot)
        or exists (
            select from page join pli using (pli_id)
            where pli.lot_id = settled_lot and page.state in ('captured', 'rescan_wanted'))
        or not asker_has_mail_in(settled_lot)
    then
        return;
    end if;
    insert into job (kind, caisse_id, lot_id, priority) values ('split', caisse, settled_lot, 3);
end
$$;

-- Pages of one worker, read; the arrays run in step. Gives the jobs that went through: of the others
-- the lease was lost.
create function finish_reads(
    jobs bigint[], fences bigint[], states text[], separators text[], readings text[],
    confidences real[], images text[], codings text[], widths integer[], heights integer[],
    channels integer[], dpis integer[], previews text[]
) returns setof bigint
language plpgsql
set plan_cache_mode = force_generic_plan -- planning costs more than finishing
set enable_seqscan = off
set enable_hashjoin = off
set enable_mergejoin = off
as $$
begin
    return query
    with given as materialized (
        select * from unnest(
            jobs, fences, states, separators, readings, confidences, images, codings, widths,
            heights, channels, dpis, previews
        ) given (job_id, fence, state, separator, reading, confidence, image, coding, width, height,
            channels, dpi, preview)
    ),
    held as materialized (
        select given.*, job.page_id, job.worker
        from given join job using (job_id)
        where job.fence = given.fence and job.state = 'running'
        order by job.job_id
        for no key update of job
    ),
    settled as (
        update page
        set state = held.state, reason = null, separator = nullif(held.separator, '')::jsonb
        from held where page.page_id = held.page_id
        returning page.caisse_id, held.*
    ),
    ended as (
        update job set state = 'done', worker = null, lease_until = null
        from settled where job.job_id = settled.job_id
    ),
    kept as (
        insert into page_reading (page_id, caisse_id, reading, confidence, image_sha256,
            image_coding, image_width_px, image_height_px, image_channels, image_dpi,
            preview_sha256)
        select settled.page_id, settled.caisse_id, settled.reading::jsonb, settled.confidence,
            settled.image, settled.coding, settled.width, settled.height, settled.channels,
            settled.dpi, settled.preview
        from settled
        on conflict (page_id) do update
        set reading = excluded.reading, confidence = excluded.confidence,
            image_sha256 = excluded.image_sha256, image_coding = excluded.image_coding,
            image_width_px = excluded.image_width_px, image_height_px = excluded.image_height_px,
            image_channels = excluded.image_channels, image_dpi = excluded.image_dpi,
            preview_sha256 = excluded.preview_sha256, read_at = now()
    )
    select case when set_config('pleiade.actor', settled.worker, true) <> '' then settled.job_id end
    from settled;
end
$$;

-- A lot is done when every pli of it is delivered, superseded or set aside. Whoever settles a pli may
-- not see them all.
create function close_lot_when_settled(settled_lot bigint) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    state_now text;
begin
    select state into state_now from lot where lot_id = settled_lot for no key update;
    if state_now = 'closed'
        and not exists (
            select from pli where lot_id = settled_lot
            and state not in ('delivered', 'superseded', 'set_aside'))
        and asker_has_mail_in(settled_lot)
    then
        update lot set state = 'done' where lot_id = settled_lot;
    end if;
end
$$;

-- Sets a pli aside, which may settle its lot.
create function set_aside_pli(stopped_pli bigint, why text) returns void
language plpgsql
as $$
declare
    lot_of_pli bigint;
begin
    update pli set state = 'set_aside', reason = why
    where pli_id = stopped_pli and state <> 'set_aside'
    returning lot_id into lot_of_pli;
    if lot_of_pli is not null then
        perform close_lot_when_settled(lot_of_pli);
    end if;
end
$$;

-- Stops every delivery of the pli that was not sent, with its job, and sets the pli aside; the reason
-- names the documents that the GED has already. The pli row is locked first: whoever wants to send
-- looks at it. A job that somebody holds just now finds out there.
create function stop_pli(stopped_pli bigint, why text) returns void
language plpgsql
as $$
declare
    there text;
begin
    perform from pli where pli_id = stopped_pli for no key update;
    with idle as (
        select job.job_id, job.delivery_id
        from job join delivery using (delivery_id) join document using (document_id)
        where document.pli_id = stopped_pli
            and delivery.state = 'waiting' and job.state in ('waiting', 'held')
        for no key update of job skip locked
    ),
    stopped as (
        update delivery set state = 'refused', reason = 'stopped with its pli: ' || why
        from idle where delivery.delivery_id = idle.delivery_id
    )
    update job set state = 'set_aside', reason = 'stopped with its pli: ' || why
    from idle where job.job_id = idle.job_id;
    select string_agg('document ' || position || ' (' || type || ')', ', ' order by position)
    into there
    from document where pli_id = stopped_pli and state = 'delivered';
    perform set_aside_pli(stopped_pli, why || coalesce('. In the GED already: ' || there, ''));
end
$$;

-- A pli is delivered when every document of it is. The pli row is locked first, so that of two last
-- documents delivered at once the second sees the first.
create function close_pli_when_settled(settled_pli bigint) returns void
language plpgsql
as $$
declare
    pli_now pli;
begin
    select * into strict pli_now from pli where pli_id = settled_pli for no key update;
    if pli_now.state = 'delivering'
        and not exists (
            select from document where pli_id = settled_pli
            and state in ('proposed', 'confirmed'))
    then
        update pli set state = 'delivered' where pli_id = settled_pli;
        perform close_lot_when_settled(pli_now.lot_id);
    end if;
end
$$;

-- Whether a document counts as one that came: not when people took it out of the way.
create function came_in(document_state text, pli_state text) returns boolean
language sql immutable parallel safe
as $$
    select document_state = 'delivered'
        or document_state <> 'superseded' and pli_state not in ('set_aside', 'superseded')
$$;

-- The decision lists the documents that count, in order.
create function missing_in_document(asked bigint) returns jsonb
language sql stable parallel safe
as $$
    select coalesce(pli.decision -> 'documents' -> (
        select count(*)::integer from document earlier
        where earlier.pli_id = document.pli_id and earlier.position < document.position
            and earlier.state <> 'superseded'
    ) -> 'missing', '[]')
    from document join pli using (pli_id)
    where document_id = asked
$$;

create function sentences_about_missing(missing jsonb) returns text[]
language sql immutable parallel safe
as $$
    select array(
        select (lacks ->> 'field') || ' : ' || (lacks ->> 'why')
        from jsonb_array_elements(missing) with ordinality listed (lacks, place)
        order by place)
$$;

-- Where an id falls between 0 and 1: even, and not to be guessed without the seed.
create function seeded_share(seed text, id bigint) returns double precision
language sql immutable parallel safe
as $$
    select ('x' || left(encode(sha256(convert_to(seed || ':' || id, 'UTF8')), 'hex'), 8))::bit(32)::bigint
        / 4294967296.0
$$;

create function truth_is_in_effect(candidate bigint) returns boolean
language sql stable parallel safe
as $$
    select not exists (
        select from truth mine
        join truth_page page_of_mine using (truth_id)
        join truth_page page_of_other on page_of_other.page_id = page_of_mine.page_id
        join truth other on other.truth_id = page_of_other.truth_id
        where mine.truth_id = candidate
            and (other.said_at, other.truth_id) > (mine.said_at, mine.truth_id))
$$;

-- A pli that changes caisse takes its truth along; nothing else of it ever changes.
do $$
declare
    kept_table text;
begin
    foreach kept_table in array array['truth', 'truth_page', 'truth_field'] loop
        execute format(
            'create trigger %1$s_is_never_changed before update on %1$I for each row '
            'when ((to_jsonb(old) - ''caisse_id'') is distinct from (to_jsonb(new) - ''caisse_id'')) '
            'execute function refuse_change()', kept_table);
        execute format(
            'create trigger %1$s_is_never_deleted before delete on %1$I '
            'for each row execute function refuse_change()', kept_table);
        execute format(
            'create trigger %1$s_is_never_emptied before truncate on %1$I '
            'for each statement execute function refuse_change()', kept_table);
    end loop;
end
$$;

do $$
declare
    kept_table text;
begin
    foreach kept_table in array array['sealed_event', 'checkpoint', 'checkpoint_stamp'] loop
        execute format(
            'create trigger %1$s_is_never_changed before update or delete on %1$I '
            'for each row execute function refuse_change()', kept_table);
        execute format(
            'create trigger %1$s_is_never_emptied before truncate on %1$I '
            'for each statement execute function refuse_change()', kept_table);
    end loop;
end
$$;

insert into caisse (caisse_id, name) values ('000', 'Caisse à déterminer');
insert into sampling (seed) values (gen_random_uuid()::text || gen_random_uuid()::text);
insert into sealing (sealed_below, cluster_id)
select '0', system_identifier from pg_control_system();

-- Row-level security. Two login roles without BYPASSRLS see the mail of the caisses that the
-- transaction named: set local pleiade.caisses = '061,201'. A worker sees jobs of all caisses, to
-- claim them. Without the setting they see nothing. Who owns the tables sees everything. Policies say
-- it themselves: this function would be parsed anew for every table of every statement.
create function caisse_is_visible(caisse text) returns boolean
language sql stable parallel safe
as $$
    select caisse = any (string_to_array(current_setting('pleiade.caisses', true), ','))
$$;

-- For functions with the rights of the owner: whether whoever asked sees something of the lot. The owner
-- sees everything.
create function asker_has_mail_in(asked_lot bigint) returns boolean
language sql stable
as $$
    select pg_has_role(
            coalesce(nullif(current_setting('role', true), 'none'), session_user), current_user, 'usage')
        or exists (select from lot where lot_id = asked_lot and caisse_is_visible(caisse_id))
        or exists (select from pli where lot_id = asked_lot and caisse_is_visible(caisse_id))
$$;

-- The caisses that have a pli in the lot that a job splits, comma between them. Null for whoever does
-- not hold that job.
create function caisses_of_split(asked_job bigint, asked_fence bigint) returns text
language sql stable security definer set search_path = public, pg_temp
as $$
    select string_agg(distinct pli.caisse_id, ',')
    from job join pli using (lot_id)
    where job.job_id = asked_job and job.fence = asked_fence
$$;

-- As caisses_of_split; until the transaction ends no pli of the lot goes to another caisse, where the
-- split would not see it.
create function lock_caisses_of_split(asked_job bigint, asked_fence bigint) returns text
language plpgsql security definer set search_path = public, pg_temp
as $$
begin
    perform from job join pli using (lot_id)
    where job.job_id = asked_job and job.fence = asked_fence
    order by pli.pli_id
    for key share of pli;
    return caisses_of_split(asked_job, asked_fence);
end
$$;

do $$
declare
    login_role text;
    mail_table text;
begin
    foreach login_role in array array['pleiade_web', 'pleiade_worker'] loop
        if not exists (select from pg_roles where rolname = login_role) then
            execute format('create role %I login nosuperuser nobypassrls', login_role);
        end if;
        execute format('grant select on caisse to %I', login_role);
    end loop;
    foreach mail_table in array array[
        'user_account', 'lot', 'pli', 'lot_file', 'page', 'page_reading', 'document',
        'document_page', 'document_field', 'page_print', 'document_key', 'delivery', 'work_item', 'job',
        'machine_count', 'event', 'truth', 'truth_page', 'truth_field', 'sample']
    loop
        execute format('alter table %I enable row level security', mail_table);
        execute format('alter table %I force row level security', mail_table);
        execute format(
            'create policy owner_sees_all on %I to current_user using (true) with check (true)',
            mail_table);
        execute format(
            'create policy caisse_of_the_transaction on %I to pleiade_web, pleiade_worker '
            'using (caisse_id = any (string_to_array(current_setting(''pleiade.caisses'', true), '',''))) '
            'with check (caisse_id = any (string_to_array(current_setting(''pleiade.caisses'', true), '','')))',
            mail_table);
        execute format('grant select on %I to pleiade_web', mail_table);
        execute format('grant select, insert, update on %I to pleiade_worker', mail_table);
    end loop;
end
$$;
alter table page_band enable row level security;
alter table page_band force row level security;
create policy owner_sees_all on page_band to current_user using (true) with check (true);
create policy caisse_of_the_transaction on page_band to pleiade_web, pleiade_worker
    using (caisse_id = any (string_to_array(current_setting('pleiade.caisses', true), ',')))
    with check (caisse_id = any (string_to_array(current_setting('pleiade.caisses', true), ',')));
grant select on page_band to pleiade_web;
grant select, insert, update, delete on page_band to pleiade_worker;
grant insert on truth, truth_page, truth_field to pleiade_web;
-- An event that somebody said what a document is; its pli stays in its state. The web station may
-- write no other event. Whoever is not the owner stands before the wall, under whatever name the
-- session began.
create function tell_of_truth(told_pli bigint, sentence text, who text) returns void
language plpgsql security definer set search_path = public, pg_temp
as $$
declare
    asks text := coalesce(nullif(current_setting('role', true), 'none'), session_user);
    by_caisse boolean := not pg_has_role(asks, current_user, 'usage');
begin
    perform set_config('pleiade.actor', without_nir(who), true);
    perform write_event(caisse_id, 'pli', pli_id, state, state, sentence)
    from pli
    where pli_id = told_pli and (not by_caisse or caisse_is_visible(caisse_id));
end
$$;
revoke execute on function tell_of_truth from public;
grant execute on function tell_of_truth to pleiade_web, pleiade_worker;
grant update (chosen_at) on sample to pleiade_web; -- to lock one while it is keyed
grant select on sampling to pleiade_worker;

-- A worker claims jobs of all caisses: it sees them and moves them along. It queues none for another
-- caisse, and neither whose a job is nor what it is about ever changes in its hands.
create policy worker_sees_all on job for select to pleiade_worker using (true);
create policy worker_claims_for_all on job for update to pleiade_worker using (true);
revoke update on job from pleiade_worker;
grant update (
    state, due_at, attempt, crashes, losses, worker, fence, lease_until, reason, turn
) on job to pleiade_worker;

-- What is never changed is granted to nobody. Workers take no mail in, or the keys of another caisse
-- would refuse theirs, and keep no accounts.
revoke update on event, truth, truth_page, truth_field from pleiade_worker;
revoke insert on lot, lot_file, page, machine_count from pleiade_worker;
revoke insert, update on user_account from pleiade_worker;

-- Whether a person stopped a lot of any caisse.
revoke execute on function is_held from public;
grant execute on function is_held to pleiade_worker;

-- Chains are written by the owner alone.
alter table sealed_event enable row level security;
alter table sealed_event force row level security;
create policy owner_sees_all on sealed_event to current_user using (true) with check (true);
create policy caisse_of_the_transaction on sealed_event to pleiade_web, pleiade_worker
    using (caisse_id = any (string_to_array(current_setting('pleiade.caisses', true), ',')))
    with check (caisse_id = any (string_to_array(current_setting('pleiade.caisses', true), ',')));
grant select on sealed_event to pleiade_web, pleiade_worker;

do $$
declare
    counting text;
begin
    foreach counting in array array['counter', 'counter_change'] loop
        execute format('alter table %I enable row level security', counting);
        execute format('alter table %I force row level security', counting);
        execute format(
            'create policy owner_sees_all on %I to current_user using (true) with check (true)',
            counting);
        execute format(
            'create policy caisse_of_the_transaction on %I to pleiade_web, pleiade_worker '
            'using (caisse_id = any (string_to_array(current_setting(''pleiade.caisses'', true), '',''))) '
            'with check (caisse_id = any (string_to_array(current_setting(''pleiade.caisses'', true), '','')))',
            counting);
        execute format('grant select on %I to pleiade_web', counting);
    end loop;
end
$$;

-- A file, and a lot, may hold mail of several caisses: it stays with the one it came for, and whoever
-- sees a page of the file sees its name, a worker who sees a pli of the lot its label. A subquery with a
-- limit, for an "exists" may be planned as a look at all pages there are.
create policy seen_with_its_pages on lot_file for select to pleiade_web, pleiade_worker
    using ((select true from page where page.lot_file_id = lot_file.lot_file_id limit 1));
create policy seen_with_its_plis on lot for select to pleiade_worker
    using ((select true from pli where pli.lot_id = lot.lot_id limit 1));

-- What a worker does about lots that it may not see the whole of.
revoke execute on function queue_split_when_settled, close_lot_when_settled, caisses_of_split,
    lock_caisses_of_split from public;
grant execute on function queue_split_when_settled, close_lot_when_settled, caisses_of_split,
    lock_caisses_of_split to pleiade_worker;

-- The owner works under the role pleiade_worker, and so may whoever is a member of it only.
do $$
begin
    if not pg_has_role('pleiade_worker', 'member') then
        grant pleiade_worker to current_user;
    end if;
    if to_regclass('schema_version') is not null then
        grant select on schema_version to pleiade_worker;
    end if;
end
$$;

-- Makes the months of events there are not yet, from `since`, ten years back at most, to some months
-- ahead; whatever else comes lies in event_of_other_months, and so does a month that began there.
create function make_months(since timestamptz) returns void
language plpgsql
set lock_timeout = '2s' -- chosen: whoever waits for the table keeps all others waiting behind
as $$
declare
    month timestamp;
    part text;
    bounds text;
begin
    for month in
        select generate_series(
            date_trunc('month', greatest(since, now() - interval '10 years') at time zone 'UTC'),
            date_trunc('month', now() at time zone 'UTC') + interval '3 months', interval '1 month')
    loop
        part := 'event_' || to_char(month, 'YYYY_MM');
        continue when to_regclass(part) is not null or exists (
            select from event_of_other_months
            where happened_at >= month at time zone 'UTC'
                and happened_at < (month + interval '1 month') at time zone 'UTC');
        bounds := format('from (%L) to (%L)', month || '+00', month + interval '1 month' || '+00');
        execute format('create table %I partition of event for values %s', part, bounds);
        perform guard_month(part);
    end loop;
exception
    when lock_not_available then
        return; -- months are made ahead: the next start tries again
end
$$;

-- Whoever goes past the table they are part of finds the same walls.
create function guard_month(part text) returns void
language plpgsql
as $$
begin
    execute format(
        'create trigger event_is_never_emptied before truncate on %I '
        'for each statement execute function refuse_change()', part);
    execute format('alter table %I enable row level security', part);
    execute format('alter table %I force row level security', part);
    execute format(
        'create policy owner_sees_all on %I to current_user using (true) with check (true)', part);
end
$$;
-- Numbers and times of events are given by the database alone: a number that comes twice would stop the
-- sealing of all chains.
revoke insert on event from pleiade_worker;
grant insert (caisse_id, subject, subject_id, from_state, to_state, reason, actor)
    on event to pleiade_worker;

-- With the rights of the owner, and for their own tables only: whoever may call one may hang it on a
-- table of theirs.
revoke execute on function count_move, give_place_to_job, keep_job_held from public;

select guard_month('event_of_other_months');
select make_months(now());
