-- insert_truth_field($1 truth, $2 position, $3 name, $4 value).
insert into truth_field (truth_id, position, caisse_id, name, value)
select truth_id, $2::integer, caisse_id, $3, $4 from truth where truth_id = $1
