"""`pleiade work`: worker processes on one database, beside `pleiade run`, killed and stopped, with the database gone for a while."""

import contextlib
import random
import signal
import subprocess
import tempfile
import unittest
from pathlib import Path

import kill_rounds
import small_lots
from pleiade_program import CONFIGURATION, DONE, OUT_OF_REACH, SOME_SET_ASIDE, Home, ended, environment, pleiade, start, wait_until
from temp_postgres import TempPostgres

KILLS = 6  # chosen: a minute or two; each worker that is killed is replaced
SEED = 20260316
LEASE_SECONDS = 10  # chosen: the shortest there is, so that a dead worker's job is soon another's


class Platform:
    """A database, an image folder and a GED that processes share, as hosts would."""

    def __init__(self, database, home):
        self.database, self.home = database, home
        images = home.path / "shared-images"
        for folder in (images, home.ged):
            folder.mkdir(exist_ok=True)
        self.env = environment(
            PLEIADE_DATABASE_URL=database.url, PLEIADE_IMAGES_FOLDER=str(images), PLEIADE_GED_FOLDER=str(home.ged),
            PLEIADE_RUN_LEASE_SECONDS=str(LEASE_SECONDS),
        )

    def start_worker(self, *arguments):
        return start("work", "--workers", 1, "--json", *arguments, env=self.env)

    def start_run(self, lots):
        return start("run", *lots, "--home", self.home.path, "--workers", 1, "--json", env=self.env)

    def settled(self, outcome):
        """As kill_rounds.settled, of the shared database."""
        self.home.reconcile = lambda: pleiade("reconcile", "--home", self.home.path, "--json", env=self.env)
        return kill_rounds.settled(self.home, outcome)

    def count(self, what):
        return int(self.database.value(f"select count(*) from {what}"))


class Work(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.lots = small_lots.make(Path(cls.folder.name) / "lots")
        cls.reference = kill_rounds.undisturbed(cls.lots)[0]

    def setUp(self):
        self.platform = Platform(self.enterContext(TempPostgres()), self.enterContext(Home()))
        self.processes = []
        self.addCleanup(self.kill_all)

    def kill_all(self):
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            process.communicate()

    def begin(self, process):
        self.processes.append(process)
        return process

    def stop(self, process):
        """What a worker that is asked to stop says."""
        process.send_signal(signal.SIGTERM)
        outcome = ended(process, timeout=60)
        self.assertEqual(outcome.code, DONE, outcome)
        return outcome

    def wait_for_read_pages(self, pages):
        wait_until(lambda: self.platform.count("page_reading") >= pages, 120, f"{pages} pages are read")

    def test_killed_workers_lose_nothing_and_double_nothing(self):
        rng = random.Random(SEED)
        run = self.begin(self.platform.start_run(self.lots))
        wait_until(lambda: self.platform.database.value("select to_regclass('job')"), 60, "the schema is there")
        workers = [self.begin(self.platform.start_worker()) for _ in range(3)]
        killed = 0
        while run.poll() is None and killed < KILLS:
            place = rng.randrange(len(workers))
            with contextlib.suppress(subprocess.TimeoutExpired):
                run.wait(timeout=rng.uniform(0.2, 1.5))  # the moment of the kill
            workers[place].kill()
            killed += 1
            workers[place] = self.begin(self.platform.start_worker())
        outcome = ended(run, timeout=240)
        self.assertGreater(killed, 0)
        self.assertEqual(self.platform.settled(outcome), self.reference)
        self.assertEqual(self.platform.count("job where state in ('waiting', 'running')"), 0)
        doubled = "(select subject, subject_id from event where to_state in ('read', 'delivered', 'acknowledged')" \
                  " group by 1, 2, to_state having count(*) > 1) twice"
        self.assertEqual(self.platform.count(doubled), 0, "a page was read or a document delivered twice in effect")
        print(f"{killed} workers killed, {self.platform.database.value('select sum(losses) from job')} jobs lost their worker")
        for worker in workers:
            self.stop(worker)

    def test_workers_do_what_a_stopped_run_left_and_stop_when_asked(self):
        run = self.begin(self.platform.start_run(self.lots))
        wait_until(lambda: self.platform.database.value("select to_regclass('job')"), 60, "the schema is there")
        wait_until(lambda: self.platform.count("lot where state = 'closed'") == 2, 120, "all is taken in")
        run.send_signal(signal.SIGTERM)
        ended(run)
        url = self.platform.database.url_of("pleiade_worker")  # they need no more rights than that
        workers = [self.begin(self.platform.start_worker("--connect", url)) for _ in range(2)]
        wait_until(lambda: self.platform.count("job where state in ('waiting', 'running')") == 0, 240, "all is done")
        said = [self.stop(worker).json() for worker in workers]
        self.assertGreater(sum(one["pages"] for one in said), 0)
        again = ended(self.begin(self.platform.start_run(self.lots)), timeout=120)
        self.assertEqual(again.json()["pages"], 0)
        self.assertEqual(self.platform.settled(again), self.reference)

    def test_stopped_worker_gives_its_job_back(self):
        run = self.begin(self.platform.start_run(self.lots))
        wait_until(lambda: self.platform.database.value("select to_regclass('job')"), 60, "the schema is there")
        wait_until(lambda: self.platform.count("lot where state = 'closed'") == 2, 120, "all is taken in")
        worker = self.begin(self.platform.start_worker())
        run.send_signal(signal.SIGTERM)
        ended(run)
        wait_until(lambda: self.platform.count("job where state = 'running'") == 1, 60, "the worker works")
        self.stop(worker)
        self.assertEqual(self.platform.count("job where state = 'running'"), 0)
        self.assertEqual(self.platform.count("job where losses > 0"), 0)

    def test_database_that_goes_away_is_waited_for(self):
        run = self.begin(self.platform.start_run(self.lots))
        wait_until(lambda: self.platform.database.value("select to_regclass('job')"), 60, "the schema is there")
        wait_until(lambda: self.platform.count("lot where state = 'closed'") == 2, 120, "all is taken in")
        run.send_signal(signal.SIGTERM)
        ended(run)
        worker = self.begin(self.platform.start_worker())
        self.wait_for_read_pages(self.platform.count("page_reading") + 1)
        self.platform.database.stop()
        line = wait_until(lambda: worker.stderr.readline().decode(), 60, "it says so")
        self.assertRegex(line, "waits: .* Goes on by itself")
        self.platform.database.start()
        self.assertIn("goes on", worker.stderr.readline().decode())
        wait_until(lambda: self.platform.count("job where state in ('waiting', 'running')") == 0, 240, "all is done")
        self.stop(worker)
        again = ended(self.begin(self.platform.start_run(self.lots)), timeout=120)
        self.assertEqual(self.platform.settled(again), self.reference)

    def test_worker_that_waits_stops_when_asked(self):
        run = ended(self.begin(self.platform.start_run(self.lots[:1])), timeout=240)
        self.assertIn(run.code, (DONE, SOME_SET_ASIDE), run)
        worker = self.begin(self.platform.start_worker())
        wait_until(lambda: self.platform.count("pg_stat_activity where datname = 'pleiade' and backend_start < now() - interval '1 s'") > 0, 60, "it is at work")
        self.platform.database.stop()
        self.assertIn("waits", worker.stderr.readline().decode())
        self.stop(worker)


class WrongStart(unittest.TestCase):
    def test_what_must_be_named_is_asked_for(self):
        with tempfile.TemporaryDirectory(dir="/tmp") as folder:
            nothing = pleiade("work", "--home", folder)
            self.assertEqual(nothing.code, CONFIGURATION, nothing)
            self.assertIn("--connect", nothing.err)
            no_images = pleiade("work", "--home", folder, "--connect", "dbname=none")
            self.assertEqual(no_images.code, CONFIGURATION, no_images)
            self.assertIn("[images] folder", no_images.err)
            nobody = pleiade("work", "--home", folder, "--connect", f"host={folder}", env=environment(PLEIADE_IMAGES_FOLDER=folder))
            self.assertEqual(nobody.code, OUT_OF_REACH, nobody)

    def test_database_without_our_schema_is_left_as_it_is(self):
        with TempPostgres() as database, tempfile.TemporaryDirectory(dir="/tmp") as folder:
            outcome = pleiade("work", "--connect", database.url, env=environment(PLEIADE_IMAGES_FOLDER=folder))
            self.assertEqual(outcome.code, CONFIGURATION, outcome)
            self.assertIn("pleiade run", outcome.err)
            self.assertEqual(database.value("select count(*) from pg_tables where schemaname = 'public'"), "0")


if __name__ == "__main__":
    unittest.main()
