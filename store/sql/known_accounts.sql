-- known_accounts($1 NIRs, $2 our pli, $3 caisses): the account that was last delivered for each.
select distinct on (document_key.key) document_key.key as person, document_key.value as iban
from document_key
join document using (document_id)
join pli on pli.pli_id = document.pli_id
where document_key.kind = 'account' and document_key.key = any ($1::text[])
    and document.pli_id <> $2 and document_key.caisse_id = any ($3::text[])
    and document.state in ('confirmed', 'delivered')
order by document_key.key, pli.received_on desc, document.document_id desc
