-- become_worker(): for what is done to jobs and says nothing of mail. From here on, until the transaction
-- ends, row-level security holds it; it may move jobs of all caisses and sees nothing else of any.
select set_config('role', 'pleiade_worker', true), set_config('pleiade.caisses', '', true)
