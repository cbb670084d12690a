-- insert_checkpoint_stamp($1 number, $2 authority, $3 its response in hexadecimal digits): the first one stays.
insert into checkpoint_stamp (number, authority, response)
values ($1, $2, decode($3, 'hex'))
on conflict (number) do nothing
