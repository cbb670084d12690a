-- read_plis_of_lot($1 lot): captured -> read, with an understand job each. Later steps come first
-- in the queue (priority 3 before reading's 5), so that begun plis are finished before new ones.
with now_read as (
    update pli set state = 'read' where lot_id = $1 and state = 'captured'
    returning pli_id, caisse_id
)
insert into job (kind, caisse_id, pli_id, priority)
select 'understand', caisse_id, pli_id, 3 from now_read order by pli_id
