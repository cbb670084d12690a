-- queue_split_when_settled($1 lot): its one split job, when the lot is closed and settled.
select queue_split_when_settled($1)
