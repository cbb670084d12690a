-- insert_samples($1 pli, $2 percent): those of its automatic documents that fall into the share. The page each is
-- asked by falls as the document does, so that it says nothing either. Sides that say nothing ask nothing.
insert into sample (caisse_id, document_id, asked_page_id, percent)
select document.caisse_id, document.document_id, asked.page_id, $2::double precision
from sampling, document, lateral (
    select page_id
    from document_page join page using (page_id)
    where document_page.document_id = document.document_id and page.state = 'read'
    order by seeded_share(sampling.seed, page_id), page_id
    limit 1
) asked
where document.pli_id = $1 and document.state = 'confirmed' and document.decided_by = 'auto'
    and seeded_share(sampling.seed, document.document_id) * 100 < $2::double precision
order by document.document_id
