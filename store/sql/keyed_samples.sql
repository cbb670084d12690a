-- keyed_samples($1 first day or empty, $2 last day or empty, $3 caisse or empty): automatic documents that were
-- keyed, and what is in effect of the page they were asked by, or else of another of their pages.
select sample.sample_id, document.type, said.type as true_type, said.pages_said,
    array(
        select page_id from document_page join page using (page_id)
        where document_page.document_id = document.document_id and page.state <> 'blank'
        order by page_id
    ) = array(
        select page_id from truth_page join page using (page_id)
        where truth_page.truth_id = said.truth_id and page.state <> 'blank'
        order by page_id
    ) as same_pages,
    array(select name from document_field held where held.document_id = document.document_id order by position) as names,
    array(select value from document_field held where held.document_id = document.document_id order by position) as values,
    array(select name from truth_field known where known.truth_id = said.truth_id order by position) as true_names,
    array(select value from truth_field known where known.truth_id = said.truth_id order by position) as true_values
from sample
join document using (document_id)
join pli on pli.pli_id = document.pli_id
cross join lateral (
    select truth.truth_id, truth.type, truth.pages_said
    from document_page
    join truth_page using (page_id)
    join truth on truth.truth_id = truth_page.truth_id
    where document_page.document_id = document.document_id and truth_is_in_effect(truth.truth_id)
    order by page_id = sample.asked_page_id desc, document_page.position
    limit 1
) said
where document.state <> 'superseded'
    and exists (
        select from truth keyed where keyed.document_id = document.document_id and keyed.origin = 'sample')
    and ($1 = '' or pli.received_on >= nullif($1, '')::date)
    and ($2 = '' or pli.received_on <= nullif($2, '')::date)
    and ($3 = '' or sample.caisse_id = $3)
order by sample.sample_id
