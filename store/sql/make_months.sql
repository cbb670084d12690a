-- make_months(): places for the events of this month and the next ones.
select make_months(now())
