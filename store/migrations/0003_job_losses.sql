
-- How often the worker of a job went away without a word: a job that kills the program itself must
-- not be tried for ever.
alter table job add column losses integer not null default 0 check (losses >= 0);
