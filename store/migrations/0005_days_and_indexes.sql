-- The day of receipt, the day by which a document is due and the index of a delivery are fixed once,
-- as is who decided a type. A refusal stops what of its pli was not sent yet.

alter table lot add column received_on date not null
    generated always as ((received_at at time zone 'Europe/Paris')::date) stored;
alter table pli add column received_on date not null
    generated always as ((received_at at time zone 'Europe/Paris')::date) stored;

-- Nobody could confirm a type before this, so what was not automatic is undecided.
alter table document rename column automatic to decided_by;
alter table document alter column decided_by type text
    using case when decided_by then 'auto' else 'undecided' end;
alter table document add constraint document_decided_by_check
    check (decided_by in ('auto', 'person', 'undecided'));

alter table document add column due_on date;
update document set due_on = coalesce(
    (select due_on from work_item where work_item.document_id = document.document_id),
    (select received_on from pli where pli.pli_id = document.pli_id)
        + deadline_days + case when clear_days then 1 else 0 end);
alter table document alter column due_on set not null;

alter table document
    add column index_sha256 text check (index_sha256 ~ '^[0-9a-f]{64}$'),
    add constraint document_index_belongs_to_its_pdf
        check (index_sha256 is null or pdf_sha256 is not null);

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
            and delivery.state = 'waiting' and job.state = 'waiting'
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
