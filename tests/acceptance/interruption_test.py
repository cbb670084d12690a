"""Whatever stops a run, the next one completes it: kills, Ctrl-C, two at once, and once more when all is done."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import kill_rounds
import small_lots
from pleiade_program import (
    CONFIGURATION, DONE, OTHER, PLEIADE, SOME_SET_ASIDE, Home, ended, environment, pleiade, skip_loudly, wait_until,
)

KILLS = 10  # spec: the project's issue "main job"
SEED = 20260316


class Interruption(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory(prefix="pleiade-acceptance-", dir="/tmp")
        cls.addClassCleanup(cls.folder.cleanup)
        cls.lots = small_lots.make(Path(cls.folder.name) / "lots")
        cls.reference = kill_rounds.undisturbed(cls.lots)

    def test_killed_runs_end_with_the_same_documents_as_an_undisturbed_one(self):
        rounds = kill_rounds.rounds(self.lots, KILLS, SEED, self.reference)
        print(f"{rounds.killed} kills, {rounds.ended_before} begun anew, {rounds.documents} documents, {rounds.seconds_undisturbed:.1f} s undisturbed")
        self.assertEqual(rounds.faults, [])
        self.assertGreater(rounds.documents, 0)
        self.assertGreaterEqual(rounds.killed, KILLS)

    def test_ctrl_c_stops_soon_and_the_next_run_completes(self):
        with Home() as home:
            process = home.start_run(*self.lots)
            self.wait_for_first_page(home)
            process.send_signal(signal.SIGINT)
            stopped = ended(process, timeout=10)
            self.assertEqual(stopped.code, OTHER, stopped)
            self.assertLess(stopped.seconds, 6)  # chosen: the page in hand, and the database's stop
            self.assertIn("stopping after the pages in hand", stopped.err)
            self.assertIn("stopped as asked", stopped.err)
            left = home.reconcile()
            self.assertEqual(left.code, SOME_SET_ASIDE, left)  # nobody is at work on what is left
            self.assertRegex(" ".join(finding["subject"] for finding in left.json()["unexplained"]), r"pli-\d|page-\d|lot \d")
            outcome = home.run(*self.lots)
            self.assertEqual(outcome.code, DONE, outcome)
            self.assertEqual(kill_rounds.settled(home, outcome), self.reference[0])

    def test_a_second_ctrl_c_stops_at_once_and_says_so(self):
        with Home() as home:
            process = home.start_run(*self.lots)
            self.wait_for_first_page(home)
            process.send_signal(signal.SIGINT)
            wait_until(lambda: "Ctrl-C again" in process.stderr.readline().decode(), 10, "the first one is answered")
            process.send_signal(signal.SIGINT)
            stopped = ended(process, timeout=10)
            self.assertEqual(stopped.code, OTHER, stopped)
            self.assertRegex(stopped.err, "stopped (at once|as asked)")  # the pages in hand may be faster
            # that the database ends too is asserted when the home is left

    def test_sigterm_stops_the_database_too(self):
        with Home() as home:
            process = home.start_run(*self.lots)
            self.wait_for_first_page(home)
            process.send_signal(signal.SIGTERM)
            self.assertEqual(ended(process, timeout=10).code, OTHER)
            self.assertEqual(list((home.path / "pg").glob("**/postmaster.pid")), [])

    def test_a_second_run_on_a_home_says_who_holds_it(self):
        with Home() as home:
            first = home.start_run(*self.lots)
            self.wait_for_first_page(home)
            second = home.run(*self.lots, timeout=20)
            self.assertEqual(second.code, CONFIGURATION, second)
            self.assertIn(str(first.pid), second.err)
            self.assertEqual(second.json()["trouble"]["exit_code"], CONFIGURATION)
            self.assertIn(ended(first).code, (DONE, SOME_SET_ASIDE))
            self.assertTrue(home.documents())

    def test_reports_can_be_had_while_a_run_works(self):
        with Home() as home:
            process = home.start_run(*self.lots)
            self.wait_for_first_page(home)
            self.assertEqual(home.status().code, DONE)
            self.assertIn(home.reconcile().code, (DONE, SOME_SET_ASIDE))
            self.assertEqual(pleiade("doctor", "--home", home.path).code, DONE)
            self.assertIn(ended(process).code, (DONE, SOME_SET_ASIDE))

    def test_reports_wait_for_a_run_that_is_just_opening_its_home(self):
        with Home() as home:
            process = home.start_run(*self.lots)
            wait_until((home.path / "pleiade.lock").exists, 30, "the home is held")
            status = home.status()
            self.assertEqual(status.code, DONE, status)
            self.assertIn(ended(process).code, (DONE, SOME_SET_ASIDE))

    def test_reports_need_no_right_to_look_into_processes_of_others(self):
        """Containers commonly take it from root, and the database runs as another user."""
        if os.geteuid() != 0 or not shutil.which("setpriv"):
            skip_loudly("only root can give up the right to trace")
        with Home() as home:
            process = home.start_run(*self.lots)
            self.wait_for_first_page(home)
            command = ["setpriv", "--bounding-set=-sys_ptrace", PLEIADE, "status", "--home", home.path]
            status = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment(), cwd="/")
            self.assertEqual(status.returncode, DONE, status.stderr)
            self.assertIn(ended(process).code, (DONE, SOME_SET_ASIDE))

    def test_what_a_killed_run_was_writing_is_gone_after_the_next(self):
        """Copies of mail under hidden names, and half a key."""
        with Home() as home:
            home.run(*self.lots)
            left = [home.path / "images" / f".{'a' * 64}.1234.5.part", home.ged / "041" / ".041-1-1-FSP.pdf.1234.6.part", home.path / "audit" / ".key.pem.1234.7.part"]
            for part in left:
                part.write_bytes(b"half")
            again = home.run(*self.lots)
            self.assertEqual(again.code, DONE, again)
            self.assertEqual([part.name for part in left if part.exists()], [])

    def test_running_again_when_all_is_done_delivers_nothing_twice(self):
        with Home() as home:
            first = home.run(*self.lots)
            before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in home.ged.rglob("*.*")}
            started = time.monotonic()
            second = home.run(*self.lots)
            self.assertEqual(second.code, first.code, second)
            said = second.json()
            self.assertEqual((said["new_files"], said["pages"], said["documents"]), (0, 0, 0))
            self.assertEqual(said["known_files"], first.json()["new_files"])
            self.assertEqual({path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in home.ged.rglob("*.*")}, before)
            self.assertLess(time.monotonic() - started, 20)
            self.assertEqual(kill_rounds.settled(home, second), self.reference[0])

    def wait_for_first_page(self, home):
        """Until a source file is stored: the run has the home and is at work."""
        wait_until(lambda: home.path.joinpath("images").is_dir() and any((home.path / "images").iterdir()), 60, "a stored page")


if __name__ == "__main__":
    unittest.main()
