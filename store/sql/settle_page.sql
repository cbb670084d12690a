-- settle_page($1 page, $2 state, $3 reason or empty, $4 separator or empty).
update page
set state = $2, reason = nullif($3, ''), separator = nullif($4, '')::jsonb
where page_id = $1
