-- add_up_counters(): what moved since the last time goes into the counters. Those who add up at once
-- take different moves, and the counters in one order.
with gone as (
    delete from counter_change returning *
),
change as (
    select caisse_id, day, what, state, sum(by) as number
    from (
        select caisse_id, day, what, from_state as state, -1 as by from gone
        union all
        select caisse_id, day, what, to_state, 1 from gone
    ) moved
    where state <> ''
    group by caisse_id, day, what, state
    having sum(by) <> 0
    order by caisse_id, day, what, state
)
insert into counter (caisse_id, day, what, state, number)
select * from change
on conflict (caisse_id, day, what, state) do update set number = counter.number + excluded.number
