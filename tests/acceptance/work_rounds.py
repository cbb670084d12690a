"""As fault_rounds.py, of `pleiade work`: after an error nobody starts it anew, it must go on by itself."""

import contextlib
import random
import signal
import subprocess
import tempfile

import fault_rounds
import kill_rounds
from pleiade_program import BIN, DONE, SAMPLES, Home, ended, environment, pleiade, wait_until

LEASE_SECONDS = 10  # chosen: the shortest there is
LONGEST = 120  # s; chosen: a job is tried again after 5 s, a lease is over after 10 s


class WorkBench:
    """A database and images just after a lot was taken in, to copy for each round."""

    def __init__(self, bench, database):
        self.bench, self.database = bench, database
        self.taken_in = self._take_in()
        with self.round("counted") as home:
            log = home.path / "calls"
            assert not (said := self.work(home, log=log)), said
            self.points = fault_rounds.points_in(log)

    def env(self, name, home):
        return environment(
            PLEIADE_DATABASE_URL=self.database.url.replace("/pleiade?", f"/{name}?"), PLEIADE_IMAGES_FOLDER=str(home.path / "images"),
            PLEIADE_GED_FOLDER=str(home.path / "ged"), PLEIADE_RUN_LEASE_SECONDS=str(LEASE_SECONDS),
        )

    def value(self, name, query):
        return self.database.value(query, name)

    def _take_in(self):
        """A run that is killed when its lot is closed; its database is the template of the others."""
        rng = random.Random(1)
        number = next(point.number for point in self.bench.points if "close_lot " in point.about)
        for attempt in range(10):
            home = self.bench.new_home()
            for folder in ("images", "ged"):
                (home.path / folder).mkdir()
            name = f"taken_in_{attempt}"
            self.database.create(name)
            self.bench.run(home, number + rng.randrange(20), "crash-after", env=self.env(name, home))
            closed = self.value(name, "select count(*) from lot where state = 'closed'") == "1"
            if closed and self.value(name, "select count(*) from delivery where state <> 'waiting'") == "0":
                self.template = name
                return home
            home.remove()
        raise AssertionError("no run was killed between intake and delivery")

    @contextlib.contextmanager
    def round(self, name):
        self.database.create(name, self.template)
        with Home(tempfile.mkdtemp(prefix="home-", dir=self.bench.folder)) as home:
            home.database = name
            subprocess.run(["cp", "-a", f"{self.taken_in.path}/.", home.path], check=True)
            home.reconcile = lambda: pleiade("reconcile", "--home", home.path, "--json", env=self.env(name, home))
            yield home

    def work(self, home, fault=None, log="/dev/null"):
        """What went wrong, if anything, when a worker did all there was to do."""
        env = self.env(home.database, home) | {"LD_PRELOAD": str(BIN / "tests" / "failing-calls.so"), "FAULT_LOG": str(log)}
        if fault:
            env |= {"FAULT_POINT": str(fault.number), "FAULT_WAY": fault.way}
        command = [self.bench.program, "work", "--workers", "1", "--json", "--config", SAMPLES]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, cwd="/")
        try:
            open_jobs = "select count(*) from job where state in ('waiting', 'running')"
            wait_until(lambda: process.poll() is not None or self.value(home.database, open_jobs) == "0", LONGEST, "all is done")
        finally:
            process.send_signal(signal.SIGTERM)
            outcome = ended(process)
        if outcome.code != DONE:
            return f"it did not go on: {outcome}"
        return kill_rounds.difference(self.bench.reference, kill_rounds.settled(home, outcome))


def survive(work_bench, fault, name):
    with work_bench.round(name) as home:
        log = home.path / "calls"
        try:
            fault.trouble = work_bench.work(home, fault, log)
        except (AssertionError, ValueError) as trouble:
            fault.trouble = str(trouble)
        calls = fault_rounds.points_in(log) if log.exists() else []
        if len(calls) >= fault.number:
            fault.point, fault.went_on = calls[fault.number - 1], not fault.trouble
    work_bench.database.drop(name)
    return fault


def errors_of(work_bench, rng):
    return [fault for fault in fault_rounds.every_way(work_bench.points, rng) if not fault.way.startswith("crash")]
