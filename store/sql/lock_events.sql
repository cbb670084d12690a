-- lock_events(): waits for whoever writes an event, and lets nobody begin, until this transaction ends.
lock table event in share mode
