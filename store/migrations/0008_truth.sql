-- What people say of documents, kept for ever; and the documents that they key without being told what
-- the machine decided.

-- People say which pli they mean by its name.
create index pli_by_name on pli (name);

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
insert into sampling (seed) values (gen_random_uuid()::text || gen_random_uuid()::text);

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
    mail_table text;
begin
    foreach mail_table in array array['truth', 'truth_page', 'truth_field', 'sample'] loop
        execute format('alter table %I enable row level security', mail_table);
        execute format('alter table %I force row level security', mail_table);
        execute format(
            'create policy owner_sees_all on %I to current_user using (true) with check (true)',
            mail_table);
        execute format(
            'create policy caisse_of_the_transaction on %I to pleiade_web, pleiade_worker '
            'using (caisse_is_visible(caisse_id)) with check (caisse_is_visible(caisse_id))',
            mail_table);
        execute format('grant select on %I to pleiade_web', mail_table);
        execute format('grant select, insert, update on %I to pleiade_worker', mail_table);
    end loop;
end
$$;
grant insert on truth, truth_page, truth_field to pleiade_web;
grant select on sampling to pleiade_worker;
