-- close_lot_when_settled($1 lot): closed -> done, when nothing of it is under way.
select close_lot_when_settled($1)
