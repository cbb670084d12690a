-- What a document is known by when the next one comes: its pages, its person, account and form
-- number. Notes of the guards go along with the document and its work item.

alter table document add column notes text[] not null default '{}';
alter table work_item add column notes text[] not null default '{}';

create index lot_file_by_bytes on lot_file (sha256);

-- How a page is found again: core/facts.h says what the columns hold. Hashes only.
create table page_print (
    page_id bigint primary key,
    caisse_id text not null,
    document_id bigint not null,
    picture text not null check (picture ~ '^([0-9a-f]{64})?$'),
    numbers integer[] not null,
    firm integer[] not null,
    words integer[] not null,
    bands integer[] not null,
    foreign key (page_id, caisse_id) references page (page_id, caisse_id) on update cascade,
    foreign key (document_id, caisse_id)
        references document (document_id, caisse_id) on update cascade
);
create index page_print_by_band on page_print using gin (bands);
create index page_print_by_document on page_print (document_id);

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

-- Whether a document counts as one that came: not when people took it out of the way.
create function came_in(document_state text, pli_state text) returns boolean
language sql immutable parallel safe
as $$
    select document_state = 'delivered'
        or document_state <> 'superseded' and pli_state not in ('set_aside', 'superseded')
$$;

do $$
declare
    mail_table text;
begin
    foreach mail_table in array array['page_print', 'document_key'] loop
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
