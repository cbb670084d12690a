-- upsert_caisse($1 code, $2 name): adds a caisse or renames it.
insert into caisse (caisse_id, name) values ($1, $2)
on conflict (caisse_id) do update set name = excluded.name where caisse.name <> excluded.name
