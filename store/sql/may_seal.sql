-- may_seal(): whether who logged in may write chains: the owner may.
select has_table_privilege('sealed_event', 'insert') as may
