-- has_mail(): whether a file was ever taken in, as far as we may see.
select exists (select from lot_file)
