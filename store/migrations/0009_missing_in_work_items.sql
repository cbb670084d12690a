-- What a document lacks goes with its work item, for the people who ask its sender.

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

alter table work_item add column missing text[] not null default '{}';
update work_item set missing = sentences_about_missing(missing_in_document(document_id));
